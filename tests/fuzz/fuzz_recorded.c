/* SPDX-License-Identifier: ISC */
/*
 * fuzz_recorded.c -- an appliance with any record and any names of functions, as verify and repack read it
 *
 * The first byte is the size of the section with the names; they follow, then the record's JSON text. The
 * rest of the appliance is an ELF file with a page of text and a page of data.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf,--wrap=exit
 */
#include <elf.h>
#include <string.h>

#include "ends.h"
#include "heap.h"
#include "input/recorded.h"
#include "memory_file.h"

enum { PAGE = 4096, FILE_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t file[FILE_MAX];
static size_t length;

static Elf64_Shdr section(const char *name, const void *bytes, size_t size)
{
	static const char names[] = "\0.image_text\0.image_data\0.symbols\0.note.package\0.names";
	Elf64_Shdr header = {.sh_type = SHT_PROGBITS, .sh_offset = length, .sh_size = size, .sh_addralign = 1};

	for (size_t at = 1; at < sizeof(names); at += strlen(names + at) + 1)
		if (!strcmp(names + at, name))
			header.sh_name = (Elf64_Word)at;
	if (!strcmp(name, ".names")) {
		header.sh_type = SHT_STRTAB;
		header.sh_size = size = sizeof(names);
		bytes = names;
	}
	memcpy(file + length, bytes, size);
	length += (size + 7) / 8 * 8;
	return header;
}

static void appliance_make(const uint8_t *symbols, size_t symbols_size, const char *record, size_t record_size)
{
	static const uint8_t page[PAGE];
	static char note[FILE_MAX / 2];
	const uint32_t head[] = {4, (uint32_t)record_size + 1, 0xcafe1a7e};
	Elf64_Ehdr header = {
		.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT}, .e_type = ET_DYN,
		.e_machine = EM_X86_64, .e_version = EV_CURRENT, .e_ehsize = sizeof(header), .e_shentsize = sizeof(Elf64_Shdr),
		.e_shnum = 6, .e_shstrndx = 5,
	};
	Elf64_Shdr sections[6] = {{0}};

	memcpy(note, head, sizeof(head));
	memcpy(note + sizeof(head), "FDO", 4);
	memcpy(note + 16, record, record_size);
	note[16 + record_size] = 0;
	memset(file, 0, sizeof(file));
	length = sizeof(header);
	sections[1] = section(".image_text", page, PAGE);
	sections[2] = section(".image_data", page, PAGE);
	sections[3] = section(".symbols", symbols, symbols_size);
	sections[4] = section(".note.package", note, 16 + record_size + 1);
	sections[5] = section(".names", NULL, 0);
	header.e_shoff = length;
	memcpy(file + length, sections, sizeof(sections));
	length += sizeof(sections);
	memcpy(file, &header, sizeof(header));
}

/* what was read is there: each byte of the segments, each name */
static void read_whole(const char *path)
{
	const struct recorded *recorded = recorded_read("verify", path);
	const struct guest *guest = recorded->guest;
	volatile size_t sum = 0;

	for (size_t i = 0; i < guest->segment_count; i++)
		for (uint64_t n = 0; n < guest->segments[i].file_size; n++)
			sum += guest->segments[i].bytes[n];
	for (size_t i = 0; i < guest->function_count; i++)
		sum += strlen(guest->functions[i].name);
	for (size_t i = 0; i < recorded->call_count; i++)
		sum += strlen(recorded->calls[i].name);
	sum += (size_t)recorded_guest_bytes(recorded, "core");
	if (guest->data_end - guest->data > PAGE || !recorded->manifest->name)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t symbols = size ? data[0] : 0;

	if (size < 1 + symbols || size > FILE_MAX / 4)
		return 0;
	appliance_make(data + 1, symbols, (const char *)data + 1 + symbols, size - 1 - symbols);
	ends(read_whole, memory_file(file, length));
	heap_clear();
	return 0;
}
