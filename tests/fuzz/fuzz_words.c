/* SPDX-License-Identifier: ISC */
/*
 * fuzz_words.c -- hands random text to the reader of response files
 *
 * Its messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf,--wrap=exit
 */
#include "base/strings.h"
#include "base/text.h"
#include "ends.h"
#include "heap.h"
#include "memory_file.h"
#include "solo5/response_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expand(const char *path)
{
	char *words[] = {str_format("@%s", path)};
	struct strings list = {0};

	response_file_expand(&list, 1, words);
	for (size_t i = 0; i < list.count; i++)
		if (!list.items[i])
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ends(expand, memory_file(data, size));
	heap_clear();
	return 0;
}
