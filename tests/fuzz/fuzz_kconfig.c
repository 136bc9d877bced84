/* SPDX-License-Identifier: ISC */
/*
 * fuzz_kconfig.c -- hands random text to the readers of Kconfig files and of .config
 *
 * Its messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 */
#include <string.h>

#include "heap.h"
#include "input/kconfig_parts.h"
#include "real_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = real_file("kconfig", "kconfig", data, size);
	struct symbols symbols = {0};
	const struct config *config;

	symbols_read(&symbols, path);
	for (size_t i = 0; i < symbols.count; i++)
		if (!symbols.items[i].name || !symbols.items[i].type)
			abort();
	config = config_read(path);
	for (size_t i = 0; i < config->setting_count; i++)
		if (!*config->settings[i].symbol || !*config->settings[i].value ||
		    (i && strcmp(config->settings[i - 1].symbol, config->settings[i].symbol) > 0))
			abort();
	heap_clear();
	return 0;
}
