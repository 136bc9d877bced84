/* SPDX-License-Identifier: ISC */
/* tables.c -- gen/tables.c: the monitor's options and device configuration */
#include "emit/emitters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/memory.h"
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

/* names of a module's devices, for options given once a device */
static void emit_device_names(FILE *out, const struct composition *composition, const struct module *module)
{
	fprintf(out, "\nstatic const char *const %s_names[] = {", module->name);
	for (size_t i = 0; i < composition->manifest->device_count; i++) {
		const struct device *device = &composition->manifest->devices[i];

		if (device->module == module)
			fprintf(out, "\"%s\", ", device->name);
	}
	fprintf(out, "};\n");
}

static void emit_options(FILE *out, const struct modules *modules)
{
	struct entry *entries = NULL;
	size_t count = 0;

	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->option_count; i++)
			*LIST_ADD(entries, count) = (struct entry){&modules->items[m]->options[i], modules->items[m]};
	if (count)
		qsort(entries, count, sizeof(*entries), compare_entries);
	fprintf(out, "\n_Static_assert(%zu <= OPTIONS_MAX, \"more options than the monitor can tell apart\");\n"
		"const unsigned option_count = %zu;\n\nconst struct option options[] = {\n", count, count);
	for (size_t i = 0; i < count; i++) {
		const struct option *option = entries[i].option;

		fprintf(out, "\t{\n\t\t.name = \"%s\",\n\t\t.help = ", option->name);
		emit_string(out, option->help);
		fprintf(out, ",\n\t\t.set = %s,\n", option_function(option));
		if (option->argument)
			fprintf(out, "\t\t.argument = \"%s\",\n", option->argument);
		if (option->argument_optional)
			fprintf(out, "\t\t.argument_optional = true,\n");
		if (option->required)
			fprintf(out, "\t\t.required = true,\n");
		if (option->each)
			fprintf(out, "\t\t.devices = %s_names,\n\t\t.device_count = %zu,\n",
				entries[i].module->name, entries[i].module->device_count);
		fprintf(out, "\t},\n");
	}
	fprintf(out, "};\n");
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
		if (modules->items[m]->device_type) {
			emit_device_names(out, composition, modules->items[m]);
			emit_device_config(out, composition, modules->items[m]);
		}
	emit_environment(out, composition_environment(composition));
	emit_options(out, modules);
	emit_end(&emit, NULL);
}
