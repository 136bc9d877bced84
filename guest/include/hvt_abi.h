/* SPDX-License-Identifier: ISC */
/*
 * hvt_abi.h -- facts about every appliance linked for hvt
 *
 * Solo5's header of that name also describes its hypercalls and boot information.
 * Those of an appliance are made for one application, so they are not here:
 * code that makes hypercalls itself must call the functions of solo5.h instead.
 */
#ifndef HVT_ABI_H
#define HVT_ABI_H

#include "elf_abi.h"

/* the version in an appliance's note; Solo5 itself doesn't use it */
#define HVT_ABI_VERSION 1000

/* the lowest address of a guest's text and data */
#define HVT_GUEST_MIN_BASE 0x100000

#endif
