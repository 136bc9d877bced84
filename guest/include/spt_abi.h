/* SPDX-License-Identifier: ISC */
/*
 * spt_abi.h -- facts about every appliance linked for spt, which is a process instead of a virtual machine
 *
 * As in hvt_abi.h, hypercalls and boot information are not here.
 */
#ifndef SPT_ABI_H
#define SPT_ABI_H

#include "elf_abi.h"

/* the version in an appliance's note; Solo5 itself doesn't use it */
#define SPT_ABI_VERSION 1000

/* the lowest address of a guest's text and data */
#define SPT_GUEST_MIN_BASE 0x10100000

#endif
