/* SPDX-License-Identifier: ISC */
/*
 * image.c -- gen/image.*: the guest laid out in guest-physical memory
 *
 * low, text and data hold the bytes of three memory slots; for the process host text, rodata
 * and data are those of three segments. image.s includes them in
 * the appliance as page-aligned sections, image.c describes them to the monitor.
 * Page tables, descriptor tables and trap stubs are all made here; the monitor only
 * adds heap and stack. low begins with its first page that is not all zeros.
 */
#include "emit/emitters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/memory.h"
#include "compose/paths.h"
#include "emit/c.h"
#include "emit/notes.h"
#include "input/guest_elf.h"
#include "machine/arrangement.h"
#include "machine/image.h"
#include "machine/layout.h"

/* maps executable segments; the pages up to guarded_end are guarded */
static bool segment_map(struct page_tables *tables, const struct guest *guest, const struct segment *segment, unsigned access)
{
	uint64_t start = segment->address, end = PAGE_ROUND_UP(start + segment->size), guarded = start;

	if (segment->executable && guest->guarded_end > start)
		guarded = PAGE_ROUND_UP(guest->guarded_end < end ? guest->guarded_end : end);
	return page_tables_map(tables, start, guarded, access | ACCESS_GUARDED) &&
		page_tables_map(tables, guarded, end, access);
}

/* makes the low image from guest-physical 0; *end is the first address after it */
static uint8_t *low_make(const struct composition *composition, const struct guest *guest, uint64_t *end)
{
	const struct architecture *architecture = composition->architecture;
	uint8_t *low = mem_zalloc(LOW_END);
	struct page_tables tables = {
		.format = architecture->paging, .memory = low, .next = TABLES_ADDRESS, .end = LOW_END,
	};
	bool fits;

	architecture->low_fill(low, composition->number_count);
	page_tables_create(&tables);
	fits = page_tables_map(&tables, LOW_ADDRESS, LOW_ADDRESS + GUEST_PAGE, ACCESS_USER) &&
		page_tables_map(&tables, LOW_ADDRESS + GUEST_PAGE, LOW_ADDRESS + LOW_PAGES_SIZE, ACCESS_USER | ACCESS_WRITE) &&
		architecture->low_map(&tables);
	for (size_t i = 0; i < guest->segment_count; i++) {
		const struct segment *segment = &guest->segments[i];
		unsigned access = ACCESS_USER | (segment->writable ? ACCESS_WRITE : 0) |
			(segment->executable ? ACCESS_EXECUTE : 0);

		fits = fits && segment_map(&tables, guest, segment, access);
	}
	if (!fits)
		fatal("%s: too large; page tables for it don't fit below 1 MiB", guest->path);
	*end = tables.next;
	return low;
}

/* the address of the first page that is not all zeros, of which there is one: the page tables' root */
static uint64_t first_page(const uint8_t *low, uint64_t address)
{
	static const uint8_t zeros[GUEST_PAGE];

	while (!memcmp(low + address, zeros, GUEST_PAGE))
		address += GUEST_PAGE;
	return address;
}

static void emit_bytes(const struct composition *composition, const char *name, const void *bytes, uint64_t size)
{
	struct emit emit;

	emit_open(&emit, build_path(composition, name));
	fwrite(bytes, 1, size, emit.stream);
	emit_close(&emit);
}

/* the bytes of the segments in [start, end) */
static void emit_segments(const struct composition *composition, const char *name, const struct guest *guest,
			  uint64_t start, uint64_t end)
{
	uint8_t *bytes = mem_zalloc(end - start);

	for (size_t i = 0; i < guest->segment_count; i++) {
		const struct segment *segment = &guest->segments[i];

		if (segment->address >= start && segment->address + segment->file_size <= end)
			memcpy(bytes + (segment->address - start), segment->bytes, segment->file_size);
	}
	emit_bytes(composition, name, bytes, end - start);
	free(bytes);
}

static uint32_t emit_symbols(const struct composition *composition, const struct guest *guest)
{
	struct emit table, names;
	uint32_t count = 0;

	emit_open(&table, build_path(composition, "gen/image.symbols"));
	emit_open(&names, build_path(composition, "gen/image.names"));
	if (config_is_set((void *)composition->config, "SYMBOLS"))
		for (size_t i = 0; i < guest->function_count; i++) {
			const struct function *function = &guest->functions[i];
			struct symbol symbol = {
				.offset = (uint32_t)(function->address - guest->image_address),
				.name = (uint32_t)ftell(names.stream),
			};

			if (i && guest->functions[i - 1].address == function->address)
				continue;
			fwrite(&symbol, sizeof(symbol), 1, table.stream);
			fwrite(function->name, 1, strlen(function->name) + 1, names.stream);
			count++;
		}
	emit_close(&table);
	emit_close(&names);
	return count;
}

static void emit_section(FILE *out, const char *symbol, const char *flags, const char *file)
{
	fprintf(out,
		"\n\t.section .%s, \"%s\"\n"
		"\t.balign 4096\n"
		"\t.globl %s\n"
		"\t.hidden %s\n"
		"%s:\n"
		"\t.incbin \"gen/%s\"\n"
		"\t.balign 4096\n", symbol, flags, symbol, symbol, symbol, file);
}

/* as local symbols, whose names need not differ from the monitor's */
static void emit_symbol_table(FILE *out, const struct guest *guest, uint64_t text_end)
{
	for (size_t i = 0; i < guest->function_count && guest->functions[i].address < text_end; i++) {
		uint64_t address = guest->functions[i].address, next = text_end;
		const char *name = guest->functions[i].name;

		if (i && guest->functions[i - 1].address == address)
			continue;
		for (size_t after = i + 1; after < guest->function_count && next == text_end; after++)
			if (guest->functions[after].address > address && guest->functions[after].address < text_end)
				next = guest->functions[after].address;
		fprintf(out,
			"\t.type \"%s\", @function\n"
			"\t.set \"%s\", image_text + 0x%lx\n"
			"\t.size \"%s\", 0x%lx\n", name, name, address - guest->image_address, name, next - address);
	}
}

static void emit_assembly(const struct composition *composition, const struct guest *guest, uint64_t text_end, uint64_t stack)
{
	struct emit emit;

	emit_begin(&emit, composition, "gen/image.s", "the guest's memory, and what is told of it, as sections of the appliance", NULL);
	if (composition->host->has_tables)
		emit_section(emit.stream, "image_low", "aw", "image.low");
	/* the process host executes it there */
	emit_section(emit.stream, "image_text", composition->host->has_tables ? "a" : "ax", "image.text");
	if (!composition->host->has_tables) {
		emit_section(emit.stream, "image_rodata", "a", "image.rodata");
		/* for the linker script of the appliance */
		fprintf(emit.stream,
			"\n\t.globl low_address\n"
			"\t.hidden low_address\n"
			"\t.set low_address, 0x%lx\n"
			"\n\t.globl image_address\n"
			"\t.hidden image_address\n"
			"\t.set image_address, 0x%lx\n"
			"\n\t.globl low_stack_size\n"
			"\t.hidden low_stack_size\n"
			"\t.set low_stack_size, 0x%lx\n", composition->host->low_address, guest->image_address, stack);
	}
	emit_section(emit.stream, "image_data", "aw", "image.data");
	if (config_is_set((void *)composition->config, "SYMBOL_TABLE"))
		emit_symbol_table(emit.stream, guest, text_end);
	fprintf(emit.stream,
		"\n\t.section .symbols, \"a\"\n"
		"\t.balign 4\n"
		"\t.globl symbols, symbol_names\n"
		"\t.hidden symbols, symbol_names\n"
		"symbols:\n"
		"\t.incbin \"gen/image.symbols\"\n"
		"symbol_names:\n"
		"\t.incbin \"gen/image.names\"\n"
		"\n\t.section .ukgen, \"a\"\n"
		"\t.globl description\n"
		"\t.hidden description\n"
		"description:\n"
		"\t.incbin \"gen/description.json\"\n"
		"\t.byte 0\n"
		"\n\t.section .note.GNU-stack, \"\"\n");
	if (composition->manifest->solo5)
		emit_notes(emit.stream, composition->manifest, composition->host->abi);
	emit_end(&emit, NULL);
}

static uint64_t code_end_of(const struct guest *guest)
{
	uint64_t end = guest->image_address;

	for (size_t i = 0; i < guest->segment_count; i++)
		if (guest->segments[i].executable)
			end = PAGE_ROUND_UP(guest->segments[i].address + guest->segments[i].size);
	return end;
}

/* what only one of the hosts needs */
static void emit_protection(FILE *out, const struct composition *composition, const struct guest *guest,
			    uint64_t low_start, uint64_t low_end)
{
	uint64_t guarded_end = guest->image_address;

	if (guest->guarded_end > guarded_end)
		guarded_end = PAGE_ROUND_UP(guest->guarded_end);
	if (composition->host->has_tables)
		fprintf(out, "const uint64_t image_low_start = 0x%lx, image_low_end = 0x%lx;\n\n", low_start, low_end);
	else
		fprintf(out,
			"const uint64_t image_code_size = 0x%lx;\n"
			"const uint64_t image_guarded_size = 0x%lx;\n\n",
			code_end_of(guest) - guest->image_address, guarded_end - guest->image_address);
}

static void emit_structure(const struct composition *composition, const struct guest *guest,
			   uint64_t low_start, uint64_t low_end, uint32_t symbol_count)
{
	struct emit emit;

	emit_begin(&emit, composition, "gen/image.c", "where the guest's memory is in the appliance, and its sizes", NULL);
	fprintf(emit.stream, "#include \"machine/image.h\"\n\n");
	emit_protection(emit.stream, composition, guest, low_start, low_end);
	fprintf(emit.stream,
		"const struct image image = {\n"
		"\t.text_size = 0x%lx,\n"
		"\t.data_size = 0x%lx,\n"
		"\t.end = 0x%lx,\n"
		"\t.entry = 0x%lx,\n"
		"};\n\n"
		"const uint32_t symbol_count = %u;\n",
		guest->data - guest->image_address, guest->data_end - guest->data,
		guest->end, guest->entry, symbol_count);
	emit_end(&emit, NULL);
}

/* refuses a manifest whose memory is too small for its guest; returns the size of a stack that the linker script places */
static uint64_t memory_arrange(const struct composition *composition, const struct guest *guest, uint64_t low_size)
{
	const struct manifest *manifest = composition->manifest;
	const char *stack = config_value(composition->config, "STACK_KB");
	struct position where = manifest->memory_where;
	struct arrangement arrangement;
	uint64_t least, size;

	if (!where.file)
		where.file = manifest->path;
	switch (arrange(&arrangement, low_size, guest->image_address, guest->end, manifest->memory, strtoul(stack, NULL, 0) << 10, &least)) {
	case ARRANGEMENT_FITS:
		break;
	case ARRANGEMENT_TOO_LITTLE:
		error_at(where, "memory of %lu KiB is too little; this guest needs at least %lu KiB",
			 manifest->memory >> 10, (least + 1023) >> 10);
		break;
	case ARRANGEMENT_TOO_MUCH:
		error_at(where, "memory of %lu MiB is too much; at most %lu MiB have room for their page tables",
			 manifest->memory >> 20, page_tables_most(LOW_END - LOW_ADDRESS - low_size) >> 20);
		break;
	}
	errors_exit();
	size = arrangement.stack_end - arrangement.stack_start;
	return composition->host->has_tables || size > LOW_STACK_MOST ? 0 : size;
}

void emit_image(const struct composition *composition, const struct guest *guest)
{
	uint64_t low_start = LOW_ADDRESS, low_end = LOW_ADDRESS + LOW_PAGES_SIZE, room = 0, text_end = guest->data, stack;

	if (composition->host->has_tables) {
		uint8_t *low = low_make(composition, guest, &low_end);

		low_start = first_page(low, LOW_ADDRESS);
		room = page_tables_room(composition->manifest->memory);
		emit_bytes(composition, "gen/image.low", low + low_start, low_end - low_start);
	} else {
		text_end = code_end_of(guest);
		emit_segments(composition, "gen/image.rodata", guest, text_end, guest->data);
	}
	stack = memory_arrange(composition, guest, low_end - LOW_ADDRESS + room);
	emit_segments(composition, "gen/image.text", guest, guest->image_address, text_end);
	emit_segments(composition, "gen/image.data", guest, guest->data, guest->data_end);
	emit_assembly(composition, guest, text_end, stack);
	emit_structure(composition, guest, low_start, low_end, emit_symbols(composition, guest));
}
