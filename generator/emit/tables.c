/* SPDX-License-Identifier: ISC */
/* tables.c -- gen/tables.c: the monitor's options and device configuration */
#include "emit/emitters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/version.h"
#include "emit/c.h"

struct entry {
	const struct option *option;
	const struct module *module;
};

static int compare_entries(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->option->name, ((const struct entry *)b)->option->name);
}

/* the options' strings, in the order in which they are added; offset is of the next one */
struct text {
	FILE *out;
	size_t offset;
};

/* where in the text the string begins */
static size_t text_add(struct text *text, const char *string)
{
	size_t at = text->offset;

	fprintf(text->out, "\t");
	emit_string(text->out, string);
	fprintf(text->out, " \"\\0\"\n");
	text->offset += strlen(string) + 1;
	return at;
}

/* where the names of a module's devices begin */
static size_t text_add_devices(struct text *text, const struct composition *composition, const struct module *module)
{
	size_t at = text->offset;

	for (size_t i = 0; i < composition->manifest->device_count; i++)
		if (composition->manifest->devices[i].module == module)
			text_add(text, composition->manifest->devices[i].name);
	return at;
}

/* the entry of one option, as text; its strings go to the other text */
static char *option_entry(struct text *text, const struct composition *composition, const struct entry *entry)
{
	const struct option *option = entry->option;
	size_t name = text_add(text, option->name), help = text_add(text, option->help);
	char *line = str_format("\t{.name = %zu, .help = %zu", name, help);

	if (option->argument)
		line = str_format("%s, .argument = %zu", line, text_add(text, option->argument));
	if (option->argument_optional)
		line = str_format("%s, .argument_optional = true", line);
	if (option->required)
		line = str_format("%s, .required = true", line);
	if (option->each)
		line = str_format("%s, .devices = %zu, .device_count = %zu", line,
				  text_add_devices(text, composition, entry->module), entry->module->device_count);
	return str_format("%s},\n", line);
}

static void emit_options(FILE *out, const struct composition *composition)
{
	const struct modules *modules = &composition->selected;
	struct text text = {.out = out};
	struct entry *entries = NULL;
	const char *lines = "";
	size_t count = 0;

	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->option_count; i++)
			*LIST_ADD(entries, count) = (struct entry){&modules->items[m]->options[i], modules->items[m]};
	if (count)
		qsort(entries, count, sizeof(*entries), compare_entries);
	fprintf(out, "\nconst char option_text[] =\n");
	for (size_t i = 0; i < count; i++)
		lines = str_format("%s%s", lines, option_entry(&text, composition, &entries[i]));
	fprintf(out, "\t\"\";\n\n"
		"_Static_assert(sizeof(option_text) <= UINT16_MAX, \"options say more than their table has numbers for\");\n"
		"_Static_assert(%zu <= OPTIONS_MAX, \"more options than the monitor can tell apart\");\n"
		"const unsigned option_count = %zu;\n\n"
		"const struct option options[] = {\n%s};\n", count, count, lines);
	fprintf(out, "\nvoid option_set(unsigned number, unsigned device, const char *value)\n{\n\tswitch (number) {\n");
	for (size_t i = 0; i < count; i++)
		fprintf(out, "\tcase %zu:\n\t\t%s(device, value);\n\t\tbreak;\n", i, option_function(entries[i].option));
	fprintf(out, "\t}\n}\n");
}

/* the value that a device gives a property, or its default: false, 0 */
static const char *property_value(const struct device *device, const struct field *property)
{
	for (size_t i = 0; i < device->property_count; i++)
		if (!strcmp(device->properties[i].key, property->name))
			return device->properties[i].value;
	return strcmp(property->type, "bool") ? "0" : "false";
}

static void emit_device_config(FILE *out, const struct composition *composition, const struct module *module)
{
	const struct manifest *manifest = composition->manifest;

	fprintf(out, "\nconst struct %s_config %s_config[] = {\n", module->name, module->name);
	for (size_t i = 0; i < manifest->device_count; i++) {
		const struct device *device = &manifest->devices[i];

		if (device->module != module)
			continue;
		fprintf(out, "\t{.name = \"%s\"", device->name);
		for (size_t p = 0; p < module->property_count; p++)
			fprintf(out, ", .%s = %s", module->properties[p].name,
				property_value(device, &module->properties[p]));
		fprintf(out, "},\n");
	}
	fprintf(out, "};\n");
}

static void emit_environment(FILE *out, const struct strings *environment)
{
	fprintf(out, "\nconst char *const manifest_environment[] = {\n");
	for (size_t i = 0; i < environment->count; i++) {
		fputc('\t', out);
		emit_string(out, environment->items[i]);
		fprintf(out, ",\n");
	}
	fprintf(out, "\tNULL,\n};\n");
}

void emit_tables(const struct composition *composition)
{
	const struct modules *modules = &composition->selected;
	struct emit emit;
	FILE *out;

	emit_begin(&emit, composition, "gen/tables.c", "what the monitor knows of this application", NULL);
	out = emit.stream;
	fprintf(out,
		"#include \"monitor.h\"\n\n"
		"const char appliance_name[] = \"%s\";\n"
		"const char appliance_version[] = \"%s\";\n"
		"const char appliance_isolation[] = \"%s\";\n"
		"const uint64_t memory_default = %lu;\n",
		composition->manifest->name, UKGEN_VERSION, composition->host->isolation, composition->manifest->memory);
	for (size_t m = 0; m < modules->count; m++)
		if (modules->items[m]->device_type)
			emit_device_config(out, composition, modules->items[m]);
	emit_environment(out, composition_environment(composition));
	emit_options(out, composition);
	emit_end(&emit, NULL);
}
