/* SPDX-License-Identifier: ISC */
/*
 * fuzz_library.c -- hands random text to the reader of .lib files
 *
 * Its messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 */
#include <string.h>

#include "heap.h"
#include "input/library.h"
#include "real_file.h"
#include "target/architecture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = real_file("guest/libraries/x", "x.lib", data, size), *name = "x";
	char *root = strdup(path);
	struct libraries libraries = {0};
	const struct strings names = {&name, 1}, folders = {0};

	if (!root)
		abort();
	*strstr(root, "/guest/libraries/") = 0;
	libraries_find(&libraries, root, &architecture_x86_64, &folders, &names, "app.manifest");
	for (size_t i = 0; i < libraries.count; i++) {
		const struct library *library = libraries.items[i];

		for (size_t s = 0; s < library->sources.count; s++)
			if (library->sources.items[s][0] != '/')
				abort();
	}
	__real_free(root);
	heap_clear();
	return 0;
}
