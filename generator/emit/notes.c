/* SPDX-License-Identifier: ISC */
/* notes.c -- Solo5's notes in gen/image.s: the manifest, and the tender that runs the appliance */
#include "emit/notes.h"

#include <string.h>

#include "emit/c.h"
#include "input/solo5_note.h"

static void emit_header(FILE *out, const char *section, uint32_t type, size_t size)
{
	fprintf(out,
		"\n\t.section %s, \"\", %%note\n"
		"\t.balign 4\n"
		"\t.long %zu, %zu, 0x%x\n"
		"\t.asciz \"%s\"\n"
		"\t.balign 4\n", section, sizeof(NOTE_OWNER), size, type, NOTE_OWNER);
}

void emit_notes(FILE *out, const struct manifest *manifest, const char *abi)
{
	size_t entries = manifest->device_count + 1;

	for (size_t i = 0; i < manifest->device_count; i++)
		if (!note_type_number(manifest->devices[i].type))
			return;
	emit_header(out, ".note.solo5.manifest", NOTE_MANIFEST, NOTE_PADDING + NOTE_COUNTS_SIZE + entries * NOTE_ENTRY_SIZE);
	fprintf(out, "\t.long 0, 1, %zu\n", entries);
	for (size_t i = 0; i < entries; i++) {
		const char *name = i ? manifest->devices[i - 1].name : "";
		uint32_t type = i ? note_type_number(manifest->devices[i - 1].type) : (uint32_t)NOTE_ENTRY_RESERVED;

		fprintf(out, "\t.ascii ");
		emit_string(out, name);
		fprintf(out, "\n\t.skip %zu\n\t.long %u\n\t.skip %d\n", NOTE_ENTRY_NAME_SIZE - strlen(name), type,
			NOTE_ENTRY_SIZE - NOTE_ENTRY_NAME_SIZE - 4);
	}
	emit_header(out, ".note.solo5.abi", NOTE_ABI, 16);
	fprintf(out, "\t.long %u, %d, 0, 0\n", note_abi_number(abi), NOTE_ABI_VERSION);
}
