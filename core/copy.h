/* SPDX-License-Identifier: ISC */
/* copy.h -- copies what the guest wrote, exactly once */
#ifndef COPY_H
#define COPY_H

#include <string.h>

/* the compiler must neither read the source again later nor use it instead of the copy */
#define COPY_ONCE(to, from) do { \
	_Static_assert(sizeof(*(to)) == sizeof(*(from)), "copy of another size"); \
	memcpy((to), (from), sizeof(*(to))); \
	__asm__ volatile("" : : "r"(to), "r"(from) : "memory"); \
} while (0)

#endif
