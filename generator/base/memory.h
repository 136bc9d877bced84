/* SPDX-License-Identifier: ISC */
/* memory.h -- memory and growing arrays. The generator is a short-lived
 * program: what it allocates lives until it exits. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* zeroed memory; never returns NULL */
void *mem_zalloc(size_t size);

/* grows an array for one more element and returns the zeroed new one: struct x *e = LIST_ADD(list.items, list.count) */
void *list_grow(void *items_pointer, size_t *count, size_t element_size);
#define LIST_ADD(items, count) (list_grow(&(items), &(count), sizeof(*(items))), &(items)[(count) - 1])

#endif
