/* SPDX-License-Identifier: ISC */
/*
 * abi.c -- gen/abi.h: what monitor and guest both see in guest memory
 *
 * Layouts are computed here and asserted in the emitted header, so that both
 * compilers must agree with the generator and so with each other.
 */
#include "emit/emitters.h"

#include <stdio.h>

#include "base/emit.h"
#include "base/text.h"
#include "emit/c.h"
#include "machine/layout.h"

static unsigned align(unsigned offset, unsigned size)
{
	return (offset + size - 1) / size * size;
}

static void emit_arguments(FILE *out, const struct hypercall *call)
{
	unsigned offset = 0;

	fprintf(out, "\nstruct %s_arguments {\n", call->name);
	for (size_t i = 0; i < call->parameter_count; i++) {
		const struct parameter *parameter = &call->parameters[i];

		if (parameter->kind == PARAMETER_BUFFER)
			fprintf(out, "\tuint64_t %s;\t/* address of %s elements */\n", parameter->name, parameter->count);
		else
			fprintf(out, "\t%s %s;\n", parameter->type, parameter->name);
	}
	fprintf(out, "};\n");
	for (size_t i = 0; i < call->parameter_count; i++) {
		const struct parameter *parameter = &call->parameters[i];
		unsigned size = parameter->kind == PARAMETER_BUFFER ? 8 : parameter->size;

		offset = align(offset, size);
		fprintf(out, "_Static_assert(offsetof(struct %s_arguments, %s) == %u, \"layout\");\n",
			call->name, parameter->name, offset);
		offset += size;
	}
}

static void emit_page(FILE *out, const struct modules *modules)
{
	fprintf(out,
		"\n/* the page of arguments: the guest writes them, the monitor copies them once and writes the result */\n"
		"struct hypercall_page {\n"
		"\tint64_t result;\n"
		"\tunion {\n");
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->hypercall_count; i++) {
			const struct hypercall *call = &modules->items[m]->hypercalls[i];

			if (call->parameter_count)
				fprintf(out, "\t\tstruct %s_arguments %s;\n", call->name, call->name);
		}
	fprintf(out,
		"\t} arguments;\n"
		"};\n"
		"_Static_assert(sizeof(struct hypercall_page) <= 4096, \"one page of arguments\");\n");
}

static void emit_info(FILE *out, const struct module *module)
{
	fprintf(out, "\nstruct %s_info {\n", module->name);
	for (size_t i = 0; i < module->info_count; i++) {
		const struct field *field = &module->infos[i];

		fprintf(out, "\t%s %s", field->type, field->name);
		if (field->count)
			fprintf(out, "[%u]", field->count);
		fprintf(out, ";\n");
	}
	fprintf(out, "};\n");
}

static void emit_boot_info(FILE *out, const struct modules *modules, const struct host *host)
{
	for (size_t m = 0; m < modules->count; m++)
		if (modules->items[m]->info_count)
			emit_info(out, modules->items[m]);
	fprintf(out,
		"\n/* written by the monitor%s */\n"
		"struct boot_info {\n", host->has_tables ? "; the guest can only read it" : ", which uses nothing that it reads there");
	for (size_t m = 0; m < modules->count; m++) {
		const struct module *module = modules->items[m];

		if (!module->info_count)
			continue;
		fprintf(out, "\tstruct %s_info %s", module->name, module->name);
		if (module->device_type)
			fprintf(out, "[%zu]", module->device_count);
		fprintf(out, ";\n");
	}
	fprintf(out,
		"};\n"
		"_Static_assert(sizeof(struct boot_info) <= 4096, \"one page of boot info\");\n"
		"\n");
	/* in a process both are the guest's to write, so they share a page: a launch touches one page less */
	if (host->has_tables)
		fprintf(out,
			"#define BOOT_INFO_ADDRESS 0x%lxul\n"
			"#define ARGUMENTS_ADDRESS 0x%lxul\n", host->low_address, host->low_address + GUEST_PAGE);
	else
		fprintf(out,
			"#define ARGUMENTS_ADDRESS 0x%lxul\n"
			"#define BOOT_INFO_ADDRESS (ARGUMENTS_ADDRESS + (sizeof(struct hypercall_page) + 63) / 64 * 64)\n", host->low_address);
	fprintf(out, "#define IMAGE_ADDRESS 0x%lxul\n", host->image_address);
}

void emit_abi(const struct composition *composition)
{
	const struct modules *modules = &composition->selected;
	unsigned types = 0;
	struct emit emit;
	FILE *out;

	emit_begin(&emit, composition, "gen/abi.h", "what monitor and guest both see in guest memory", "ABI_H");
	out = emit.stream;
	fprintf(out,
		"#include <stdbool.h>\n"
		"#include <stddef.h>\n"
		"#include <stdint.h>\n");
	/* types count modules with devices alone, so that others don't change a guest that exists */
	for (size_t m = 0; m < modules->count; m++) {
		const struct module *module = modules->items[m];

		if (module->device_type)
			fprintf(out, "\nenum { %s_DEVICES = %zu, DEVICE_%s = %u };\n", str_upper(module->name), module->device_count,
				module->device_type, types++);
	}
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->hypercall_count; i++)
			if (modules->items[m]->hypercalls[i].parameter_count)
				emit_arguments(out, &modules->items[m]->hypercalls[i]);
	emit_page(out, modules);
	emit_boot_info(out, modules, composition->host);
	emit_end(&emit, "ABI_H");
}
