/* SPDX-License-Identifier: ISC */
/* appliance.c -- the sections of an appliance's file, read with libelf and without running it */
#include "input/appliance.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"

bool section_find(int file, const char *name, char **found_bytes, size_t *size)
{
	Elf_Scn *section = NULL;
	char *bytes = NULL;
	GElf_Shdr header;
	size_t names;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(file, ELF_C_READ, NULL);
	if (!elf || elf_kind(elf) != ELF_K_ELF || elf_getshdrstrndx(elf, &names)) {
		elf_end(elf);
		return false;
	}
	while (!bytes && (section = elf_nextscn(elf, section))) {
		const char *found = gelf_getshdr(section, &header) ? elf_strptr(elf, names, header.sh_name) : NULL;
		Elf_Data *data = found && !strcmp(found, name) ? elf_getdata(section, NULL) : NULL;

		/* a section without content in the file (SHT_NOBITS) has any size */
		if (!data || (data->d_size && !data->d_buf))
			continue;
		*size = data->d_size;
		bytes = mem_zalloc(data->d_size + 1);
		if (data->d_size)
			memcpy(bytes, data->d_buf, data->d_size);
	}
	elf_end(elf);
	*found_bytes = bytes;
	return true;
}

char *appliance_section(const char *command, const char *path, const char *name, size_t *size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	char *bytes;
	bool found;

	if (file < 0)
		fatal("%s:", path);
	found = section_find(file, name, &bytes, size);
	close(file);
	if (!found)
		fatal("%s: not an ELF file; %s takes an appliance made by ukgen", path, command);
	return bytes;
}

char *appliance_description(const char *command, const char *path)
{
	size_t size;
	char *text = appliance_section(command, path, ".ukgen", &size);

	if (!text || !size)
		fatal("%s: has no description; %s takes an appliance made by ukgen", path, command);
	return text;
}
