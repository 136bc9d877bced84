/* SPDX-License-Identifier: ISC */
/*
 * spt_abi.h -- what holds of every appliance linked for spt, which is a process instead of a virtual machine
 *
 * As with hvt_abi.h, there are no calls and no boot information to include.
 */
#ifndef SPT_ABI_H
#define SPT_ABI_H

#include "elf_abi.h"

/* what an appliance's note says, which no Solo5 does */
#define SPT_ABI_VERSION 1000

/* no guest's text or data lies below */
#define SPT_GUEST_MIN_BASE 0x100000

#endif
