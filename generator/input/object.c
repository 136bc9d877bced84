/* SPDX-License-Identifier: ISC */
/* object.c -- reads what relocatable objects and archives define and refer to, with libelf */
#include "input/object.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/text.h"

static void object_error(const struct object *object, const char *member, const char *what)
{
	struct position where = {.file = object->source ? object->source : object->path};

	if (member)
		error_at(where, "member \"%s\" %s", member, what);
	else
		error_at(where, "%s", what);
}

/* marks the symbols that a section's relocations name */
static void relocations_mark(bool *named, size_t count, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Rela relocation;

	if (!data || !header->sh_entsize)
		return;
	for (int i = 0; gelf_getrela(data, i, &relocation); i++)
		if (GELF_R_SYM(relocation.r_info) < count)
			named[GELF_R_SYM(relocation.r_info)] = true;
}

/*
 * Finds the symbols that loaded sections refer to. The linker drops unreachable
 * sections, but leaves the symbols that only they used in the symbol table.
 */
static bool *symbols_named(Elf *elf, size_t count)
{
	bool *named = mem_zalloc(count * sizeof(*named));
	Elf_Scn *section = NULL, *target;
	GElf_Shdr header, target_header;

	while ((section = elf_nextscn(elf, section))) {
		if (!gelf_getshdr(section, &header) || header.sh_type != SHT_RELA)
			continue;
		target = elf_getscn(elf, header.sh_info);
		if (target && gelf_getshdr(target, &target_header) && target_header.sh_flags & SHF_ALLOC)
			relocations_mark(named, count, section, &header);
	}
	return named;
}

/* false for an object of -flto without -ffat-lto-objects, which has no machine code */
static bool symbols_add(struct object *object, Elf *elf, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t count = data && header->sh_entsize ? data->d_size / header->sh_entsize : 0;
	bool *named = symbols_named(elf, count), complete = true;
	GElf_Sym symbol;

	for (size_t i = 0; i < count && gelf_getsym(data, (int)i, &symbol); i++) {
		const char *name = elf_strptr(elf, header->sh_link, symbol.st_name);
		bool defined = symbol.st_shndx != SHN_UNDEF;

		complete &= !name || strcmp(name, "__gnu_lto_slim");
		object->ifuncs |= defined && GELF_ST_TYPE(symbol.st_info) == STT_GNU_IFUNC;
		if (GELF_ST_BIND(symbol.st_info) == STB_LOCAL || !name || !*name)
			continue;
		if (defined)
			strings_add(&object->defined, str_copy(name, strlen(name)));
		else if (named[i])
			strings_add(GELF_ST_BIND(symbol.st_info) == STB_WEAK ? &object->weak : &object->undefined,
				    str_copy(name, strlen(name)));
	}
	free(named);
	return complete;
}

/* the bits of the GNU property that hold only if the whole object has the feature */
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

static const char *section_name(Elf *elf, const GElf_Shdr *header)
{
	size_t names;
	const char *name = elf_getshdrstrndx(elf, &names) ? NULL : elf_strptr(elf, names, header->sh_name);

	return name ? name : "";
}

/* true for kind, and kind with a priority: ".ctors", ".ctors.65535" */
static bool is_old_array(const char *name, const char *kind)
{
	const char *priority = str_starts(name, kind) ? name + strlen(kind) : "?";

	return !*priority || (*priority == '.' && priority[1] && !priority[1 + strspn(priority + 1, "0123456789")]);
}

/* the forms of constructors and destructors; false for .init and .fini code, which this start-up doesn't run */
static bool array_read(struct object *object, const char *name, const GElf_Shdr *header)
{
	bool old_destructors = is_old_array(name, ".dtors");

	if (!header->sh_size)
		return true;
	if (header->sh_type == SHT_FINI_ARRAY || old_destructors)
		object->destructors = true;
	if ((old_destructors || is_old_array(name, ".ctors")) && !strings_contain(&object->old_arrays, name))
		strings_add(&object->old_arrays, str_copy(name, strlen(name)));
	return strcmp(name, ".init") && strcmp(name, ".fini");
}

/* names the kind of a file that isn't an ELF object, for those that compilers make */
static const char *kind_of(Elf *elf)
{
	size_t length;
	const char *bytes = elf_rawfile(elf, &length);

	if (bytes && length >= 4 && (!memcmp(bytes, "BC\xc0\xde", 4) || !memcmp(bytes, "\xde\xc0\x17\x0b", 4)))
		return "is LLVM's intermediate code; compile it without -flto";
	if (bytes && length >= 8 && !memcmp(bytes, "!<thin>\n", 8))
		return "is a thin archive, which holds no members but their paths; make it without T: ar rcs";
	return "is not an ELF object; relocatable ELF files and archives of them are accepted";
}

/* looks for the guard among the undefined symbols from first on */
static bool uses_thread_guard(const struct strings *undefined, size_t first)
{
	/* nothing may be added to a list without items, not even 0 */
	const struct strings own = {undefined->count ? undefined->items + first : NULL, undefined->count - first};

	return strings_contain(&own, "__stack_chk_fail") && !strings_contain(&own, "__stack_chk_guard");
}

static bool member_read(struct object *object, Elf *elf, const char *member, const struct architecture *architecture)
{
	Elf_Scn *section = NULL;
	GElf_Ehdr header;
	GElf_Shdr section_header;
	bool has_symbols = false;       /* an object has at most one symbol table */
	size_t before = object->undefined.count;

	if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &header)) {
		object_error(object, member, kind_of(elf));
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
	while ((section = elf_nextscn(elf, section))) {
		const char *name;

		if (!gelf_getshdr(section, &section_header))
			continue;
		name = section_name(elf, &section_header);
		if (section_header.sh_type == SHT_SYMTAB && !has_symbols) {
			has_symbols = true;
			if (!symbols_add(object, elf, section, &section_header)) {
				object_error(object, member, "is GCC's intermediate code; "
					     "compile it without -flto, or with -ffat-lto-objects");
				return false;
			}
		}
		if (section_header.sh_type == SHT_NOTE)
			properties_read(object, section, architecture);
		/* asks for an executable stack, as GCC does for nested functions */
		if (section_header.sh_flags & SHF_EXECINSTR && !strcmp(name, ".note.GNU-stack")) {
			object->executable_stack = true;
		} else if ((section_header.sh_flags & SHF_WRITE) && (section_header.sh_flags & SHF_EXECINSTR)) {
			object_error(object, member, "has a section that is writable and executable; memory is one or the other");
			return false;
		}
		if (!array_read(object, name, &section_header)) {
			object_error(object, member, str_format("has code in section %s, which a guest's start doesn't run; "
				     "use .init_array and .fini_array, as __attribute__((constructor)) does", name));
			return false;
		}
		if (section_header.sh_flags & SHF_ALLOC && str_is_identifier(name))
			strings_add(&object->sections, str_copy(name, strlen(name)));
		if (section_header.sh_flags & SHF_TLS && section_header.sh_addralign > object->tls_alignment)
			object->tls_alignment = section_header.sh_addralign;
	}
	object->thread_guard |= uses_thread_guard(&object->undefined, before);
	return true;
}

/* calls read for each member of an archive; false if any call returned false */
static bool members_read(Elf *archive, int file, bool (*read)(void *to, Elf *elf, const char *name, const struct architecture *architecture),
			 void *to, const struct architecture *architecture)
{
	Elf_Cmd command = ELF_C_READ;
	Elf *elf;
	bool good = true;

	while ((elf = elf_begin(file, command, archive))) {
		const Elf_Arhdr *header = elf_getarhdr(elf);

		/* "/" and "//" are the archive's own tables */
		if (header && header->ar_name && header->ar_name[0] != '/')
			good &= read(to, elf, header->ar_name, architecture);
		command = elf_next(elf);
		elf_end(elf);
	}
	return good;
}

static bool member_merge(void *to, Elf *elf, const char *name, const struct architecture *architecture)
{
	return member_read(to, elf, name, architecture);
}

static bool member_list(void *to, Elf *elf, const char *name, const struct architecture *architecture)
{
	struct objects *list = to;
	struct object *object = LIST_ADD(list->items, list->count);

	object->path = str_copy(name, strlen(name));
	return member_read(object, elf, NULL, architecture);
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
		good = members_read(elf, file, member_merge, object, architecture);
	else
		good = member_read(object, elf, NULL, architecture);
	elf_end(elf);
	close(file);
	strings_sort(&object->undefined);
	return good;
}

void archive_read(struct objects *members, const char *path, const struct architecture *architecture)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;

	if (file < 0 || elf_version(EV_CURRENT) == EV_NONE)
		fatal("read %s:", path);
	elf = elf_begin(file, ELF_C_READ, NULL);
	if (!elf || elf_kind(elf) != ELF_K_AR || !members_read(elf, file, member_list, members, architecture))
		fatal("%s: not an archive of objects", path);
	elf_end(elf);
	close(file);
}

const char *object_section_asked(const char *symbol)
{
	const char *name = str_starts(symbol, "__start_") ? symbol + 8 : str_starts(symbol, "__stop_") ? symbol + 7 : NULL;

	return name && str_is_identifier(name) ? name : NULL;
}
