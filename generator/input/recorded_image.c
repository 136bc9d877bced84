/* SPDX-License-Identifier: ISC */
/* recorded_image.c -- the bytes of an appliance's guest, and the names of its functions, as hostile input */
#include "input/recorded_image.h"

#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/text.h"
#include "input/appliance.h"
#include "machine/image.h"

/* the section's bytes, which must be as many as the segments ask for */
static const uint8_t *section_take(const char *path, const char *name, uint64_t size)
{
	size_t found = 0;
	const char *bytes = appliance_section("ukgen", path, name, &found);

	if (found != size)
		fatal("%s: its section %s has %zu bytes, but its record says %lu; the file was changed", path, name, found, size);
	return (const uint8_t *)bytes;
}

static void bytes_take(struct guest *guest, const uint8_t *text, const uint8_t *data)
{
	for (size_t i = 0; i < guest->segment_count; i++) {
		struct segment *segment = &guest->segments[i];

		segment->bytes = segment->address < guest->data ? text + (segment->address - guest->image_address) :
			data + (segment->address - guest->data);
	}
}

static bool is_code(const struct guest *guest, uint64_t address)
{
	for (size_t i = 0; i < guest->segment_count; i++)
		if (guest->segments[i].executable && address >= guest->segments[i].address &&
		    address - guest->segments[i].address < guest->segments[i].file_size)
			return true;
	return false;
}

/* the process host makes what is guarded executable */
static void code_check(const struct guest *guest)
{
	if (!is_code(guest, guest->entry))
		fatal("%s: its guest begins at 0x%lx, where it has no code", guest->path, guest->entry);
	if (guest->guarded_end && !is_code(guest, guest->guarded_end - 1))
		fatal("%s: its guest's guarded code ends at 0x%lx, where it has none", guest->path, guest->guarded_end);
}

/* entries that ascend, then their names one after another */
static void functions_take(struct guest *guest, uint64_t count)
{
	size_t size = 0, at;
	const char *section = appliance_section("ukgen", guest->path, ".symbols", &size), *names;
	const struct symbol *symbols = (const struct symbol *)section;

	if (count > size / sizeof(*symbols) || (!count && size))
		fatal("%s: its section .symbols has no room for %lu functions", guest->path, count);
	names = section + count * sizeof(*symbols);
	size -= count * sizeof(*symbols);
	at = 0;
	for (uint64_t i = 0; i < count; i++) {
		size_t length = strnlen(names + at, size - at);

		if (symbols[i].name != at || length == size - at || !length || str_has_control(names + at) ||
		    (i && symbols[i].offset <= symbols[i - 1].offset))
			fatal("%s: its section .symbols is damaged at function %lu", guest->path, i);
		*LIST_ADD(guest->functions, guest->function_count) =
			(struct function){names + at, guest->image_address + symbols[i].offset};
		at += length + 1;
	}
	if (at != size)
		fatal("%s: its section .symbols has %zu bytes too many", guest->path, size - at);
}

/* code and read-only data: one section, or two on the process host */
static const uint8_t *text_take(const char *path, uint64_t size)
{
	size_t rodata_size = 0;
	const char *rodata = appliance_section("ukgen", path, ".image_rodata", &rodata_size);
	const uint8_t *text;
	uint8_t *both;

	if (rodata_size >= size)
		fatal("%s: its section .image_rodata has %zu bytes, but its record says less than %lu; the file was changed", path, rodata_size, size);
	text = section_take(path, ".image_text", size - rodata_size);
	if (!rodata_size)
		return text;
	both = mem_zalloc(size);
	memcpy(both, text, size - rodata_size);
	memcpy(both + size - rodata_size, rodata, rodata_size);
	return both;
}

void image_take(struct guest *guest, uint64_t symbols)
{
	const uint8_t *text = text_take(guest->path, guest->data - guest->image_address);
	const uint8_t *data = section_take(guest->path, ".image_data", guest->data_end - guest->data);

	bytes_take(guest, text, data);
	code_check(guest);
	functions_take(guest, symbols);
}
