/* SPDX-License-Identifier: ISC */
/* memory.c -- memory and growing arrays */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

void *mem_zalloc(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (!memory)
		fatal("out of memory");
	return memory;
}

void *list_grow(void *items_pointer, size_t *count, size_t element_size)
{
	void *items;

	memcpy(&items, items_pointer, sizeof(items));
	/* capacity is the next power of two: grow when count reaches one */
	if ((*count & (*count - 1)) == 0) {
		size_t capacity = *count ? *count * 2 : 1;

		items = realloc(items, capacity * element_size);
		if (!items)
			fatal("out of memory");
		memcpy(items_pointer, &items, sizeof(items));
	}
	memset((char *)items + *count * element_size, 0, element_size);
	++*count;
	return items;
}
