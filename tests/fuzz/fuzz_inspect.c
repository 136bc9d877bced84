/* SPDX-License-Identifier: ISC */
/*
 * fuzz_inspect.c -- hands random bytes to ukgen inspect as an appliance, and looks what a terminal would get
 *
 * Its messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf,--wrap=exit
 */
#include <string.h>

#include "command/command.h"
#include "ends.h"
#include "heap.h"
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void show(const char *path)
{
	char *words[] = {(char *)path};

	command_inspect.run(1, words);
}

static void show_json(const char *path)
{
	char *words[] = {(char *)"--json", (char *)path};

	command_inspect.run(2, words);
}

static void show_which(const char *path)
{
	char *words[] = {(char *)"--which", (char *)"net", (char *)path, NULL};

	command_inspect.run(3, words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const ways[])(const char *path) = {show, show_json, show_which};
	const char *path = memory_file(data, size);

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		char *shown = NULL;
		size_t length = 0;
		FILE *terminal = stdout;

		stdout = open_memstream(&shown, &length);
		if (!stdout)
			abort();
		ends(ways[i], path);
		fclose(stdout);
		stdout = terminal;
		for (size_t at = 0; at < length; at++)
			if (((unsigned char)shown[at] < ' ' && shown[at] != '\n' && shown[at] != '\t') || shown[at] == 0x7f ||
			    (at && (unsigned char)shown[at - 1] == 0xc2 && (unsigned char)shown[at] < 0xa0))
				abort();
		__real_free(shown);
	}
	heap_clear();
	return 0;
}
