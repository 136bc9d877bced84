/* SPDX-License-Identifier: ISC */
/*
 * fuzz_manifest.c -- hands random text to the manifest reader
 *
 * The generator never frees what lives until it exits. A fuzzer runs millions
 * of times in one process, so the allocation functions are wrapped here (link
 * with FUZZ_WRAP below), and what one input allocated is freed after it. The
 * generator's messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 *   clang -fsanitize=fuzzer,address,undefined $FUZZ_WRAP ... -ljansson
 */
#include <jansson.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manifest.h"

/* in front of each allocation; the list runs through all that are live */
union header {
	struct {
		union header *next, *previous;
		size_t size;
	};
	max_align_t align;
};

static union header live = {.next = &live, .previous = &live};

void *__real_malloc(size_t size);
void __real_free(void *memory);
int __real_vasprintf(char **string, const char *format, va_list args);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
int __wrap_vasprintf(char **string, const char *format, va_list args);

void *__wrap_malloc(size_t size)
{
	union header *header = __real_malloc(sizeof(*header) + size);

	if (!header)
		return NULL;
	header->size = size;
	header->next = live.next;
	header->previous = &live;
	live.next->previous = header;
	live.next = header;
	return header + 1;
}

void __wrap_free(void *memory)
{
	union header *header = memory;

	if (!memory)
		return;
	header--;
	header->previous->next = header->next;
	header->next->previous = header->previous;
	__real_free(header);
}

void *__wrap_calloc(size_t count, size_t size)
{
	size_t total;
	void *memory = __builtin_mul_overflow(count, size, &total) ? NULL : __wrap_malloc(total);

	return memory ? memset(memory, 0, total) : NULL;
}

void *__wrap_realloc(void *memory, size_t size)
{
	void *grown = __wrap_malloc(size);

	if (grown && memory) {
		size_t old = ((union header *)memory - 1)->size;

		memcpy(grown, memory, old < size ? old : size);
		__wrap_free(memory);
	}
	return grown;
}

int __wrap_vasprintf(char **string, const char *format, va_list args)
{
	char *printed;
	int length = __real_vasprintf(&printed, format, args);

	if (length < 0)
		return length;
	*string = __wrap_malloc((size_t)length + 1);
	memcpy(*string, printed, (size_t)length + 1);
	__real_free(printed);
	return length;
}

/* what a reader of the manifest may rely on */
static void manifest_check(const struct manifest *manifest)
{
	if (!manifest->name || !*manifest->name || strchr(manifest->name, '/') || manifest->device_count > DEVICES_MAX)
		abort();
	if (manifest->memory && (manifest->memory < MEMORY_MIN || manifest->memory > MEMORY_MAX))
		abort();
	for (size_t i = 0; i < manifest->device_count; i++) {
		const struct device *device = &manifest->devices[i];

		if (!device->name || !*device->name || strlen(device->name) > NAME_LENGTH_MAX || !device->type ||
		    !device->where.line)
			abort();
		for (size_t j = 0; j < device->property_count; j++)
			if (!device->properties[j].key || !device->properties[j].value || !device->properties[j].where.line)
				abort();
	}
	for (size_t i = 0; i < manifest->setting_count; i++)
		if (!manifest->settings[i].symbol || !manifest->settings[i].value || !manifest->settings[i].where.line)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct manifest *manifest;
	char *text;

	json_set_alloc_funcs(__wrap_malloc, __wrap_free);
	text = __wrap_malloc(size + 1);
	memcpy(text, data, size);
	text[size] = 0;
	manifest = manifest_parse("fuzz.manifest", text, size);
	if (manifest)
		manifest_check(manifest);
	while (live.next != &live)
		__wrap_free(live.next + 1);
	return 0;
}
