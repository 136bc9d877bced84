/* SPDX-License-Identifier: ISC */
/*
 * fuzz_note.c -- hands random bytes to the reader of Solo5's notes, as a section's and as a manifest's
 *
 * Its messages, of no use here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 */
#include <string.h>

#include "heap.h"
#include "input/manifest_fields.h"
#include "input/solo5_note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void manifest_check(const struct manifest *manifest)
{
	if (manifest->device_count > DEVICES_MAX)
		abort();
	for (size_t i = 0; i < manifest->device_count; i++)
		if (!device_name_is_usable(manifest->devices[i].name) || !note_type_number(manifest->devices[i].type))
			abort();
}

static void read_manifest(const uint8_t *bytes, size_t size)
{
	const struct manifest *manifest = note_manifest("app.o", &(struct note){bytes, size});

	if (manifest)
		manifest_check(manifest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct note note;
	size_t at = 0;

	while (note_next(data, size, &at, NOTE_OWNER, NOTE_MANIFEST, &note)) {
		if (note.bytes < data || note.size > size || note.bytes + note.size > data + size)
			abort();
		read_manifest(note.bytes, note.size);
	}
	read_manifest(data, size);
	heap_clear();
	return 0;
}
