/* SPDX-License-Identifier: ISC */
/* heap.h -- the size of the C library's heap */
#ifndef GUEST_HEAP_H
#define GUEST_HEAP_H

/* bytes of the heap, and how many are free */
void memory_amounts(unsigned long *total, unsigned long *free);

#endif
