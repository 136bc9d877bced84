/* SPDX-License-Identifier: ISC */
/* table.c -- the table of descriptors of programs with sockets: one per connection in addition to the usual ones */
#include "../libc/calls/descriptor.h"

#include "lwip/opt.h"

enum { COUNT = 256 + MEMP_NUM_TCP_PCB + MEMP_NUM_UDP_PCB };

uintptr_t guest_descriptors[COUNT];
const int guest_descriptors_count = COUNT;
