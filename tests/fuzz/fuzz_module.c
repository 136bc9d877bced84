/* SPDX-License-Identifier: ISC */
/*
 * fuzz_module.c -- hands random text to the .mod reader; all conditions hold, or none does
 *
 * The reader's messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 */
#include <stdint.h>
#include <string.h>

#include "heap.h"
#include "input/module_configure.h"
#include "input/module_line.h"
#include "input/module_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool always(void *context, const char *symbol)
{
	(void)context;
	(void)symbol;
	return true;
}

static bool never(void *context, const char *symbol)
{
	(void)context;
	(void)symbol;
	return false;
}

/* what the emitters rely on in whatever the reader accepts or, after an error, keeps */
static void check(const struct module *module)
{
	for (size_t i = 0; i < module->hypercall_count; i++) {
		const struct hypercall *call = &module->hypercalls[i];

		if (!word_is_name(call->name) || call->where.line < 2)
			abort();
		for (size_t j = 0; j < call->parameter_count; j++) {
			const struct parameter *parameter = &call->parameters[j];

			if (!parameter->name || !parameter->type || !parameter->size)
				abort();
			if (!parameter->count != (parameter->kind != PARAMETER_BUFFER))
				abort();
		}
	}
	for (size_t i = 0; i < module->syscall_count; i++)
		if (!module->syscalls[i].cause || module->syscalls[i].check_count > 6)
			abort();
	for (size_t i = 0; i < module->option_count; i++)
		if (!module->options[i].name || !module->options[i].help ||
		    (module->options[i].required && !module->options[i].argument))
			abort();
	for (size_t i = 0; i < module->info_count; i++)
		if (!module->infos[i].name || module->infos[i].count > 4096)
			abort();
}

static void read_with(const uint8_t *data, size_t size, symbol_test *is_set)
{
	struct module module = {.name = "x", .folder = "/nonexistent", .path = "x.mod", .title = ""};
	/* without a byte after it, so that reading on is noticed */
	char *text = malloc(size ? size : 1);

	if (!text)
		abort();
	memcpy(text, data, size);
	module_parse(&module, text, size);
	free(text);
	check(&module);
	module_configure(&module, is_set, NULL);
	check(&module);
	heap_clear();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_with(data, size, always);
	read_with(data, size, never);
	return 0;
}
