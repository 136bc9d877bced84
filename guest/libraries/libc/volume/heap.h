/* SPDX-License-Identifier: ISC */
/* heap.h -- what the C library's heap tells of itself */
#ifndef GUEST_HEAP_H
#define GUEST_HEAP_H

/* bytes of the heap, and those that are not handed out */
void memory_amounts(unsigned long *total, unsigned long *free);

#endif
