/* SPDX-License-Identifier: ISC */
/* object.c -- what relocatable objects and archives define and want, read with libelf */
#include "input/object.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/text.h"

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

		/* a weak symbol may stay undefined: it is 0 then */
		if (GELF_ST_BIND(symbol.st_info) != STB_LOCAL && name && *name &&
		    (GELF_ST_BIND(symbol.st_info) != STB_WEAK || symbol.st_shndx != SHN_UNDEF))
			strings_add(symbol.st_shndx == SHN_UNDEF ? &object->undefined : &object->defined,
				    str_copy(name, strlen(name)));
	}
}

/* the bits of the GNU property whose meaning is "all of the object is so" */
static void properties_read(struct object *object, Elf_Scn *section, const struct architecture *architecture)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t name, description;
	GElf_Nhdr note;

	for (size_t at = 0; data && (at = gelf_getnote(data, at, &note, &name, &description)) > 0; ) {
		const uint8_t *property = (const uint8_t *)data->d_buf + description, *end = property + note.n_descsz;
		uint32_t head[3];       /* type, size, bits */

		if (note.n_type != NT_GNU_PROPERTY_TYPE_0)
			continue;
		for (; property + sizeof(head) <= end; property += 8 + (head[1] + 7) / 8 * 8) {
			memcpy(head, property, sizeof(head));
			if (head[0] == architecture->landing_pads_property && head[1] == 4)
				object->landing_pads = head[2] & architecture->landing_pads_bit;
			if (head[1] > (size_t)(end - property))
				break;
		}
	}
}

/* GNU's way of saying that the stack must be executable, as some compilers need for nested functions */
static bool wants_executable_stack(Elf *elf, const GElf_Shdr *header)
{
	size_t names;
	const char *name = elf_getshdrstrndx(elf, &names) ? NULL : elf_strptr(elf, names, header->sh_name);

	return header->sh_flags & SHF_EXECINSTR && name && !strcmp(name, ".note.GNU-stack");
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
		} else if (section_header.sh_type == SHT_NOTE) {
			properties_read(object, section, architecture);
		} else if (wants_executable_stack(elf, &section_header)) {
			object->executable_stack = true;
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
