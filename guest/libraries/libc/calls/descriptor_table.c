/* SPDX-License-Identifier: ISC */
/* descriptor_table.c -- the table of descriptors, unless another library brings one */
#include "descriptor.h"

enum { COUNT = 256 };

uintptr_t guest_descriptors[COUNT];
const int guest_descriptors_count = COUNT;
