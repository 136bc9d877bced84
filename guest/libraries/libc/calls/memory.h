/* SPDX-License-Identifier: ISC */
/* memory.h -- what the C library's heap tells of itself */
#ifndef GUEST_MEMORY_H
#define GUEST_MEMORY_H

/* bytes of the heap, and those that are not handed out */
void memory_amounts(unsigned long *total, unsigned long *free);

#endif
