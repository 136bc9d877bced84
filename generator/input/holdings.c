/* SPDX-License-Identifier: ISC */
/* holdings.c -- what an appliance holds */
#include "input/holdings.h"

#include <elf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/printable.h"
#include "input/appliance.h"
#include "input/package.h"

/* of the notes that record what it was made from: what they and their section headers take of the file */
static size_t record_size(const char *command, const char *appliance)
{
	static const char *const sections[] = {PACKAGE_SECTION, BUILD_ID_SECTION};
	size_t sum = 0, size;

	for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
		if (appliance_section(command, appliance, sections[i], &size))
			sum += size + sizeof(Elf64_Shdr) + strlen(sections[i]) + 1;
	return sum;
}

static size_t section_size(const char *command, const char *appliance, const char *section)
{
	size_t size = 0;

	appliance_section(command, appliance, section, &size);
	return size;
}

static void parts_read(struct holdings *holdings, const char *command, const char *path)
{
	size_t others = 0;
	struct stat status;

	if (stat(path, &status))
		fatal("%s:", path);
	holdings->size = (size_t)status.st_size;
	holdings->parts[0] = (struct holding){"image: low pages", section_size(command, path, ".image_low")};
	/* on the process host rodata is a section of its own */
	holdings->parts[1] = (struct holding){"image: text, rodata", section_size(command, path, ".image_text") +
		section_size(command, path, ".image_rodata")};
	holdings->parts[2] = (struct holding){"image: data", section_size(command, path, ".image_data")};
	holdings->parts[3] = (struct holding){"record, not loaded", record_size(command, path)};
	for (size_t i = 0; i < HOLDINGS_PARTS - 1; i++)
		others += holdings->parts[i].size;
	/* sections of a damaged file may overlap */
	holdings->parts[4] = (struct holding){"monitor", others < holdings->size ? holdings->size - others : 0};
}

static void build_id_read(struct holdings *holdings, const char *path)
{
	size_t size, offset;
	uint8_t *file = (uint8_t *)file_read(path, &size);

	if (file && build_id_find(file, size, &offset)) {
		holdings->build_id = build_id_text(file + offset);
		holdings->build_id_fits = build_id_fits(file, size, offset);
	}
	free(file);
}

static json_t *json_parse(const char *path, const char *text, const char *what)
{
	json_error_t error;
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!json)
		fatal("%s: its %s is damaged: %s", path, what, printable(error.text));
	return json;
}

void holdings_read(struct holdings *holdings, const char *command, const char *path)
{
	const char *record;

	*holdings = (struct holdings){0};
	holdings->description = json_parse(path, appliance_description(command, path), "description");
	record = package_text(command, path);
	if (record)
		holdings->record = json_parse(path, record, "record");
	build_id_read(holdings, path);
	parts_read(holdings, command, path);
}
