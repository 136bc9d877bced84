/* SPDX-License-Identifier: ISC */
/* handlers.c -- gen/handlers.h: what the selected modules' host.c files must define */
#include "emit/emitters.h"

#include <stdio.h>

#include "base/emit.h"
#include "base/text.h"
#include "compose/paths.h"
#include "emit/c.h"

/* struct MODULE_config: what the manifest says of each device */
static void emit_device_config(FILE *out, const struct module *module)
{
	fprintf(out,
		"\nstruct %s_config {\n"
		"\tconst char *name;\n", module->name);
	for (size_t i = 0; i < module->property_count; i++)
		fprintf(out, "\t%s %s;\n", module->properties[i].type, module->properties[i].name);
	fprintf(out,
		"};\n"
		"extern const struct %s_config %s_config[%s_DEVICES];\n",
		module->name, module->name, str_upper(module->name));
}

static void emit_descriptors(FILE *out, const struct modules *modules)
{
	size_t end = DESCRIPTOR_FIRST;

	fprintf(out, "\n/* descriptors with fixed numbers */\nenum {\n\tFD_FIRST = %d,\n", DESCRIPTOR_FIRST);
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->descriptor_count; i++) {
			const struct descriptor *descriptor = &modules->items[m]->descriptors[i];
			size_t first, count;

			composition_descriptor(modules, descriptor->name, &first, &count);
			fprintf(out, "\tFD_%s = %zu,%s\n", str_upper(descriptor->name), first,
				descriptor->each ? "\t/* the first of one for each device */" : "");
			end = first + count;
		}
	fprintf(out, "\tFD_END = %zu,\n};\n", end);
}

/* declared only: numbers, addresses and sizes are not known before the guest is linked */
static void emit_meetings(FILE *out, const struct module *module)
{
	for (size_t i = 0; i < module->doorbell_count; i++)
		fprintf(out, "extern const unsigned doorbell_%s;\t/* for doorbell_bind%s */\n", module->doorbells[i].name,
			module->doorbells[i].each ? "; the first of one for each device" : "");
	for (size_t i = 0; i < module->threads.count; i++)
		fprintf(out, "extern const struct filter %s_filter;\t/* for thread_start */\n", module->threads.items[i]);
	for (size_t i = 0; i < module->helpers.count; i++)
		fprintf(out, "extern const struct filter %s_filter;\t/* of a process that a setup hook starts */\n", module->helpers.items[i]);
	for (size_t i = 0; i < module->shared_count; i++)
		fprintf(out, "extern const struct shared shared_%s;\t/* for shared_memory */\n", module->shared[i].name);
}

static void emit_prototypes(struct emit *emit, const struct composition *composition, const struct module *module)
{
	for (size_t i = 0; i < module->hypercall_count; i++) {
		emit_line(emit, composition, module->hypercalls[i].where);
		fprintf(emit->stream, "int64_t host_%s(", module->hypercalls[i].name);
		emit_parameters(emit->stream, &module->hypercalls[i]);
		fprintf(emit->stream, ");\n");
	}
	for (size_t i = 0; i < module->option_count; i++) {
		emit_line(emit, composition, module->options[i].where);
		fprintf(emit->stream, "void %s(unsigned device, const char *value);\n",
			option_function(&module->options[i]));
	}
	if (module->hypercall_count || module->option_count)
		emit_line_here(emit, composition);
	for (size_t hook = 0; hook < HOOK_COUNT; hook++)
		for (size_t i = 0; i < module->hooks[hook].count; i++)
			fprintf(emit->stream, "%s;\n", hook_prototype(hook, module->hooks[hook].items[i]));
}

void emit_handlers(const struct composition *composition)
{
	const struct modules *modules = &composition->selected;
	struct emit emit;

	emit_begin(&emit, composition, "gen/handlers.h", "what the modules' host halves must define", "HANDLERS_H");
	fprintf(emit.stream,
		"#include \"abi.h\"\n\n"
		"struct filter;\n"
		"struct shared;\n");
	emit_descriptors(emit.stream, modules);
	for (size_t m = 0; m < modules->count; m++)
		if (modules->items[m]->device_type)
			emit_device_config(emit.stream, modules->items[m]);
	for (size_t m = 0; m < modules->count; m++) {
		fputc('\n', emit.stream);
		emit_meetings(emit.stream, modules->items[m]);
		emit_prototypes(&emit, composition, modules->items[m]);
	}
	emit_end(&emit, "HANDLERS_H");
}
