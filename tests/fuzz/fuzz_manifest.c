/* SPDX-License-Identifier: ISC */
/*
 * fuzz_manifest.c -- hands random text to the manifest reader
 *
 * Its messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 */
#include <jansson.h>
#include <stdint.h>
#include <string.h>

#include "heap.h"
#include "input/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *allocate(size_t size)
{
	return __wrap_calloc(1, size);
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

	json_set_alloc_funcs(allocate, __wrap_free);
	text = allocate(size + 1);
	memcpy(text, data, size);
	text[size] = 0;
	manifest = manifest_parse("fuzz.manifest", text, size);
	if (manifest)
		manifest_check(manifest);
	heap_clear();
	return 0;
}
