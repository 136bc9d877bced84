/* SPDX-License-Identifier: ISC */
/*
 * fuzz_object.c -- hands random bytes to the reader of objects and archives
 *
 * Its messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 */
#include <string.h>

#include "base/strings.h"
#include "heap.h"
#include "input/object.h"
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct strings *names, bool sorted)
{
	for (size_t i = 0; i < names->count; i++)
		if (!names->items[i] || !*names->items[i] ||
		    (sorted && i && strcmp(names->items[i - 1], names->items[i]) > 0))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct object object = {0};

	object_read(&object, memory_file(data, size), &architecture_x86_64);
	check(&object.undefined, true);
	check(&object.defined, false);
	heap_clear();
	return 0;
}
