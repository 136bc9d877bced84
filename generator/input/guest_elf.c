/* SPDX-License-Identifier: ISC */
/* guest_elf.c -- the linked guest as its ELF file has it, read with libelf */
#include "input/guest_elf.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/text.h"
#include "machine/layout.h"

/* half of what four levels of page tables reach, so that an address plus a size can't overflow */
static const uint64_t ADDRESS_MAX = 1ul << 47;

void guest_segment_add(struct guest *guest, const struct segment *segment)
{
	if (segment->writable && segment->executable)
		fatal("%s: segment at 0x%lx is writable and executable; memory is one or the other", guest->path, segment->address);
	if (segment->address < guest->end || segment->address % GUEST_PAGE || segment->address > ADDRESS_MAX ||
	    segment->size > ADDRESS_MAX || segment->file_size > segment->size)
		fatal("%s: segment at 0x%lx is out of place; segments ascend from 0x%lx in whole pages",
		      guest->path, segment->address, guest->image_address);
	if (segment->writable) {
		if (!guest->data)
			guest->data = segment->address;
		guest->data_end = PAGE_ROUND_UP(segment->address + segment->file_size);
	} else if (guest->data) {
		fatal("%s: segment at 0x%lx is read-only above writable ones; read-only ones come first",
		      guest->path, segment->address);
	}
	guest->end = PAGE_ROUND_UP(segment->address + segment->size);
	*LIST_ADD(guest->segments, guest->segment_count) = *segment;
}

void guest_begin(struct guest *guest, const char *path, uint64_t image_address)
{
	guest->path = path;
	guest->image_address = guest->end = image_address;
}

void guest_segments_end(struct guest *guest)
{
	if (!guest->data)
		guest->data = guest->data_end = guest->end;
}

static void segment_add(struct guest *guest, Elf *elf, const GElf_Phdr *header)
{
	struct segment segment = {
		.address = header->p_vaddr,
		.size = header->p_memsz,
		.file_size = header->p_filesz,
		.writable = header->p_flags & PF_W,
		.executable = header->p_flags & PF_X,
	};
	size_t length;
	const char *file = elf_rawfile(elf, &length);

	if (!segment.size)
		return;
	if (!file || header->p_offset > length || header->p_filesz > length - header->p_offset)
		fatal("%s: segment at 0x%lx is not in the file", guest->path, segment.address);
	segment.bytes = (const uint8_t *)file + header->p_offset;
	guest_segment_add(guest, &segment);
}

static void symbols_add(struct guest *guest, Elf *elf, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym symbol;

	for (int i = 0; data && gelf_getsym(data, i, &symbol); i++) {
		const char *name = elf_strptr(elf, header->sh_link, symbol.st_name);

		if (!name || symbol.st_shndx == SHN_UNDEF)
			continue;
		if (!strcmp(name, "_start"))
			guest->start = symbol.st_value;
		else if (!strcmp(name, "solo5_app_main"))
			guest->main = symbol.st_value;
		/* absolute symbols are not in the text */
		if (GELF_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_shndx < SHN_LORESERVE && *name)
			*LIST_ADD(guest->functions, guest->function_count) =
				(struct function){str_copy(name, strlen(name)), symbol.st_value};
		if (GELF_ST_TYPE(symbol.st_info) == STT_OBJECT && GELF_ST_BIND(symbol.st_info) != STB_LOCAL)
			*LIST_ADD(guest->variables, guest->variable_count) =
				(struct variable){str_copy(name, strlen(name)), symbol.st_value, symbol.st_size};
	}
}

/* chooses among several names for one address, always the same one */
static int compare_functions(const void *a, const void *b)
{
	const struct function *one = a, *other = b;

	if (one->address != other->address)
		return one->address < other->address ? -1 : 1;
	return strcmp(one->name, other->name);
}

size_t guest_function_count(const struct guest *guest)
{
	size_t count = 0;

	for (size_t i = 0; i < guest->function_count; i++)
		count += !i || guest->functions[i - 1].address != guest->functions[i].address;
	return count;
}

struct guest *guest_read(const char *path, uint64_t image_address, bool landing_pads)
{
	struct guest *guest = mem_zalloc(sizeof(*guest));
	int file = open(path, O_RDONLY | O_CLOEXEC);
	Elf_Scn *section = NULL;
	GElf_Ehdr header;
	GElf_Phdr program_header;
	GElf_Shdr section_header;
	size_t count, names;
	Elf *elf;

	guest_begin(guest, path, image_address);
	if (file < 0)
		fatal("read %s:", path);
	if (elf_version(EV_CURRENT) == EV_NONE || !(elf = elf_begin(file, ELF_C_READ, NULL)) ||
	    !gelf_getehdr(elf, &header) || elf_getphdrnum(elf, &count) ||
	    elf_getshdrstrndx(elf, &names))
		fatal("%s: %s", path, elf_errmsg(-1));
	guest->entry = header.e_entry;
	for (size_t i = 0; i < count; i++)
		if (gelf_getphdr(elf, (int)i, &program_header) && program_header.p_type == PT_LOAD)
			segment_add(guest, elf, &program_header);
	guest_segments_end(guest);
	while ((section = elf_nextscn(elf, section))) {
		const char *name;

		if (!gelf_getshdr(section, &section_header))
			continue;
		name = elf_strptr(elf, names, section_header.sh_name);
		if (section_header.sh_type == SHT_SYMTAB)
			symbols_add(guest, elf, section, &section_header);
		else if (landing_pads && name && !strcmp(name, ".text"))
			guest->guarded_end = section_header.sh_addr + section_header.sh_size;
	}
	/* for a missing entry the linker takes any address, and only warns */
	if (!guest->start || guest->start != guest->entry || !guest->main)
		fatal("%s: the linked guest has no %s", path, guest->main ? "_start" : "solo5_app_main");
	if (guest->function_count)
		qsort(guest->functions, guest->function_count, sizeof(*guest->functions), compare_functions);
	/* elf stays open: the segments' bytes are its mapping */
	close(file);
	return guest;
}
