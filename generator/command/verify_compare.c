/* SPDX-License-Identifier: ISC */
/*
 * verify_compare.c -- where two appliances differ, and what they record of why
 *
 * The first is hostile: its sections are read by name and size from its bytes, and
 * whatever they don't account for shows as a difference of the whole files.
 */
#include "command/verify_compare.h"

#include <gelf.h>
#include <jansson.h>
#include <libelf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"
#include "command/verify_causes.h"
#include "input/package.h"

struct part {
	const char *name;
	const uint8_t *bytes;           /* NULL: it has none in the file */
	size_t size;
	uint64_t address;
};

struct appliance {
	const char *path;
	uint8_t *bytes;
	size_t size;
	struct part *parts;
	size_t part_count;
	json_t *record;                 /* NULL: it is unreadable */
};

static const struct {
	const char *section, *what;
} meanings[] = {
	{".data", "the monitor's variables"},
	{".data.rel.ro", "the monitor's tables"},
	{".image_data", "the guest's data"},
	{".image_low", "page tables and trap stubs for the guest"},
	{".image_rodata", "the guest's read-only data, of a process"},
	{".image_text", "the guest's code and read-only data"},
	{".library", "code of the monitor's C library"},
	{".note.package", "the record of what it was made from"},
	{".rela.dyn", "addresses for the monitor's start"},
	{".rodata", "the monitor's constants: filter, options, messages"},
	{".symbols", "names of the guest's functions"},
	{".text", "the monitor's code"},
	{".ukgen", "its description"},
};

static const char *meaning(const char *section)
{
	for (size_t i = 0; i < ARRAY_SIZE(meanings); i++)
		if (!strcmp(meanings[i].section, section))
			return meanings[i].what;
	return "";
}

static void parts_read(struct appliance *appliance)
{
	Elf *elf = elf_memory((char *)appliance->bytes, appliance->size);
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	size_t names;

	if (!elf || elf_getshdrstrndx(elf, &names)) {
		elf_end(elf);
		return;
	}
	while ((section = elf_nextscn(elf, section))) {
		const char *name = gelf_getshdr(section, &header) ? elf_strptr(elf, names, header.sh_name) : NULL;
		bool held = name && header.sh_type != SHT_NOBITS;

		if (!name || (held && (header.sh_offset > appliance->size || header.sh_size > appliance->size - header.sh_offset)))
			continue;
		*LIST_ADD(appliance->parts, appliance->part_count) = (struct part){str_copy(name, strlen(name)),
			held ? appliance->bytes + header.sh_offset : NULL, header.sh_size, header.sh_addr};
	}
	elf_end(elf);
}

static struct appliance appliance_read(const char *path)
{
	struct appliance appliance = {.path = path};
	const char *text = package_text("verify", path);

	elf_version(EV_CURRENT);
	appliance.bytes = (uint8_t *)file_read(path, &appliance.size);
	if (!appliance.bytes)
		fatal("read %s:", path);
	parts_read(&appliance);
	appliance.record = text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
	return appliance;
}

static const struct part *part_find(const struct appliance *appliance, const char *name)
{
	for (size_t i = 0; i < appliance->part_count; i++)
		if (!strcmp(appliance->parts[i].name, name))
			return &appliance->parts[i];
	return NULL;
}

static size_t bytes_different(const struct part *one, const struct part *other)
{
	size_t count = one->size > other->size ? one->size - other->size : other->size - one->size;

	for (size_t i = 0; one->bytes && other->bytes && i < one->size && i < other->size; i++)
		count += one->bytes[i] != other->bytes[i];
	return count;
}

/* one line of a part that differs; false if it doesn't */
static bool part_print(const struct part *here, const struct part *again)
{
	const char *name = printable(here ? here->name : again->name), *how;
	size_t count;

	if (!here || !again) {
		how = here ? "is not in the one built again" : "is missing";
	} else if ((count = bytes_different(here, again))) {
		how = str_format("%zu of %zu bytes differ", count, here->size > again->size ? here->size : again->size);
	} else if (here->address != again->address) {
		how = "is at another address";
	} else {
		return false;
	}
	printf("  %-16s %-28s %s\n", name, how, meaning(name));
	return true;
}

/* by the parts of the one built here: the other's headers may say anything */
static bool differ_in_record_only(const struct appliance *here, const struct appliance *again)
{
	const struct part *record = part_find(again, PACKAGE_SECTION), *id = part_find(again, BUILD_ID_SECTION);

	if (here->size != again->size || !record || !id)
		return false;
	for (size_t i = 0; i < here->size; i++) {
		const uint8_t *at = again->bytes + i;

		if (here->bytes[i] != *at && !(at >= record->bytes && at < record->bytes + record->size) &&
		    !(at >= id->bytes && at < id->bytes + id->size))
			return false;
	}
	return true;
}

static void parts_print(const struct appliance *here, const struct appliance *again)
{
	bool any = false;

	printf("\nparts that differ\n");
	/* the build id differs whenever anything does */
	for (size_t i = 0; i < here->part_count; i++)
		if (strcmp(here->parts[i].name, BUILD_ID_SECTION))
			any |= part_print(&here->parts[i], part_find(again, here->parts[i].name));
	for (size_t i = 0; i < again->part_count; i++)
		if (!part_find(here, again->parts[i].name))
			any |= part_print(NULL, &again->parts[i]);
	if (!any)
		printf("  %-16s %-28s %s\n", "none", "", "ELF headers, the build id, or bytes between the parts");
	if (differ_in_record_only(here, again))
		printf("monitor and guest are the same; only what is recorded of them differs\n");
}

static bool id_fits(const struct appliance *appliance)
{
	size_t offset;

	return build_id_find(appliance->bytes, appliance->size, &offset) &&
		build_id_fits(appliance->bytes, appliance->size, offset);
}

static void causes_print(const struct appliance *here, const struct appliance *again)
{
	bool any = causes_compare(here->record, again->record);

	if (!id_fits(here))
		printf("\nits build id does not fit what it holds: it was changed after it was made\n");
	else if (!any)
		printf("\nit records the same tools and inputs as are here: it was changed, or its record is not true\n");
}

bool appliances_differ(const char *appliance, const char *again)
{
	struct appliance one = appliance_read(appliance), other = appliance_read(again);

	if (one.size == other.size && !memcmp(one.bytes, other.bytes, one.size))
		return false;
	printf("%s: not what this ukgen makes from its record and its guest\n", printable(appliance));
	parts_print(&one, &other);
	causes_print(&one, &other);
	return true;
}
