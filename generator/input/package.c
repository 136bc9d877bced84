/* SPDX-License-Identifier: ISC */
/* package.c -- what an appliance records of what it was made from: its two notes */
#include "input/package.h"

#include <gelf.h>
#include <libelf.h>
#include <sha256.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "input/appliance.h"
#include "input/note.h"

bool build_id_find(const uint8_t *file, size_t size, size_t *offset)
{
	Elf_Scn *section = NULL;
	bool found = false;
	GElf_Shdr header;
	struct note note;
	size_t names, at;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = size ? elf_memory((char *)file, size) : NULL;
	if (!elf || elf_kind(elf) != ELF_K_ELF || elf_getshdrstrndx(elf, &names)) {
		elf_end(elf);
		return false;
	}
	while (!found && (section = elf_nextscn(elf, section))) {
		const char *name = gelf_getshdr(section, &header) ? elf_strptr(elf, names, header.sh_name) : NULL;

		if (!name || strcmp(name, BUILD_ID_SECTION) || header.sh_offset > size || header.sh_size > size - header.sh_offset)
			continue;
		at = 0;
		found = note_next(file + header.sh_offset, header.sh_size, &at, BUILD_ID_OWNER, BUILD_ID_NOTE, &note) &&
			note.size == BUILD_ID_SIZE;
		if (found)
			*offset = (size_t)(note.bytes - file);
	}
	elf_end(elf);
	return found;
}

void build_id_compute(const uint8_t *file, size_t size, size_t offset, uint8_t id[BUILD_ID_SIZE])
{
	static const uint8_t nothing[BUILD_ID_SIZE];
	SHA2_CTX sum;

	SHA256Init(&sum);
	SHA256Update(&sum, file, offset);
	SHA256Update(&sum, nothing, sizeof(nothing));
	SHA256Update(&sum, file + offset + BUILD_ID_SIZE, size - offset - BUILD_ID_SIZE);
	SHA256Final(id, &sum);
}

bool build_id_fits(const uint8_t *file, size_t size, size_t offset)
{
	uint8_t id[BUILD_ID_SIZE];

	build_id_compute(file, size, offset, id);
	return !memcmp(id, file + offset, sizeof(id));
}

char *build_id_text(const uint8_t id[BUILD_ID_SIZE])
{
	char *text = mem_zalloc(2 * BUILD_ID_SIZE + 1);

	for (size_t i = 0; i < BUILD_ID_SIZE; i++)
		for (size_t digit = 0; digit < 2; digit++)
			text[2 * i + digit] = "0123456789abcdef"[digit ? id[i] & 15 : id[i] >> 4];
	return text;
}

static char *note_text(const char *section, size_t size)
{
	struct note note;
	size_t at = 0;

	if (!section || !note_next((const uint8_t *)section, size, &at, PACKAGE_OWNER, PACKAGE_NOTE, &note) || !note.size)
		return NULL;
	return str_copy((const char *)note.bytes, strnlen((const char *)note.bytes, note.size));
}

char *package_text(const char *command, const char *appliance)
{
	size_t size = 0;
	const char *section = appliance_section(command, appliance, PACKAGE_SECTION, &size);

	return note_text(section, size);
}

char *package_text_of(int file)
{
	size_t size = 0;
	char *section;

	return section_find(file, PACKAGE_SECTION, &section, &size) ? note_text(section, size) : NULL;
}
