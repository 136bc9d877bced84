/* SPDX-License-Identifier: ISC */
/*
 * hvt_abi.h -- what holds of every appliance linked for hvt
 *
 * Solo5's header of that name describes its hypercalls and boot information,
 * too. An appliance's are its own, made for one application, so there are none
 * to include: what makes such calls itself must call solo5.h instead.
 */
#ifndef HVT_ABI_H
#define HVT_ABI_H

#include "elf_abi.h"

/* what an appliance's note says, which no Solo5 does */
#define HVT_ABI_VERSION 1000

/* no guest's text or data lies below */
#define HVT_GUEST_MIN_BASE 0x100000

#endif
