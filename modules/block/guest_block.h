/* SPDX-License-Identifier: ISC */
/* block/guest_block.h -- what the guest half keeps of a device in any mode */
#ifndef GUEST_BLOCK_H
#define GUEST_BLOCK_H

#include "guest.h"
#include "uk.h"

static inline const volatile struct block_info *block_info(const struct device *device)
{
	return &boot_info->block[device->index];
}

#endif
