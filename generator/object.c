/* SPDX-License-Identifier: ISC */
/* object.c -- what relocatable objects and archives define and want, read with libelf */
#include "object.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void object_error(const struct object *object, const char *member, const char *what)
{
	struct position where = {.file = object->source ? object->source : object->path};

	if (member)
		error_at(where, "member \"%s\" %s", member, what);
	else
		error_at(where, "%s", what);
}

static void symbols_add(struct object *object, Elf *elf, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym symbol;

	if (!data || !header->sh_entsize)
		return;
	for (int i = 0; gelf_getsym(data, i, &symbol); i++) {
		const char *name = elf_strptr(elf, header->sh_link, symbol.st_name);

		if (GELF_ST_BIND(symbol.st_info) != STB_LOCAL && name && *name)
			strings_add(symbol.st_shndx == SHN_UNDEF ? &object->undefined : &object->defined,
				    str_copy(name, strlen(name)));
	}
}

static bool member_read(struct object *object, Elf *elf, const char *member, const struct architecture *architecture)
{
	Elf_Scn *section = NULL;
	GElf_Ehdr header;
	GElf_Shdr section_header;

	if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &header)) {
		object_error(object, member, "is not an ELF object; relocatable ELF files and archives of them are accepted");
		return false;
	}
	if (header.e_machine != architecture->elf_machine || header.e_ident[EI_CLASS] != ELFCLASS64) {
		object_error(object, member, str_format("is for %s; this appliance is for %s",
			     header.e_ident[EI_CLASS] == ELFCLASS64 ? architecture_of_machine(header.e_machine) : "a 32-bit processor",
			     architecture->title));
		return false;
	}
	if (header.e_type != ET_REL) {
		object_error(object, member, "is already linked; relocatable objects (gcc -c, ld -r) are accepted");
		return false;
	}
	while ((section = elf_nextscn(elf, section)))
		if (!gelf_getshdr(section, &section_header)) {
			continue;
		} else if (section_header.sh_type == SHT_SYMTAB) {
			symbols_add(object, elf, section, &section_header);
		} else if ((section_header.sh_flags & SHF_WRITE) && (section_header.sh_flags & SHF_EXECINSTR)) {
			object_error(object, member, "has a section that is writable and executable; memory is one or the other");
			return false;
		}
	return true;
}

static bool archive_read(struct object *object, Elf *archive, int file, const struct architecture *architecture)
{
	Elf_Cmd command = ELF_C_READ;
	Elf *elf;
	bool good = true;

	while ((elf = elf_begin(file, command, archive))) {
		const Elf_Arhdr *header = elf_getarhdr(elf);

		/* "/" and "//" are the archive's own tables */
		if (header && header->ar_name && header->ar_name[0] != '/')
			good &= member_read(object, elf, header->ar_name, architecture);
		command = elf_next(elf);
		elf_end(elf);
	}
	return good;
}

bool object_read(struct object *object, const char *path, const struct architecture *architecture)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	bool good;
	Elf *elf;

	if (file < 0) {
		error_at((struct position){.file = path}, "cannot be read; give an object, an archive or a C source that exists");
		return false;
	}
	*object = (struct object){.path = path, .source = object->source};
	if (elf_version(EV_CURRENT) == EV_NONE)
		fatal("libelf: %s", elf_errmsg(-1));
	elf = elf_begin(file, ELF_C_READ, NULL);
	if (elf && elf_kind(elf) == ELF_K_AR)
		good = archive_read(object, elf, file, architecture);
	else
		good = member_read(object, elf, NULL, architecture);
	elf_end(elf);
	close(file);
	strings_sort(&object->undefined);
	return good;
}
