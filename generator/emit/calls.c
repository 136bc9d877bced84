/* SPDX-License-Identifier: ISC */
/*
 * calls.c -- gen/calls.h and gen/calls.c: the guest's side of the hypercalls
 *
 * gen/calls.c has the stubs that the guest refers to. Only it contains their
 * numbers. A stub has no local variables, since its parameters may have any name
 * that the .mod file gives them.
 */
#include "emit/emitters.h"

#include <stdio.h>

#include "base/emit.h"
#include "compose/library_calls.h"
#include "compose/paths.h"
#include "emit/c.h"

static void emit_prototype(struct emit *emit, const struct hypercall *call, const char *end)
{
	fprintf(emit->stream, "int64_t hypercall_%s(", call->name);
	emit_parameters(emit->stream, call);
	fprintf(emit->stream, ")%s\n", end);
}

/* the functions called before the guest sleeps and before it exits; empty if no module has one */
static void emit_moments(FILE *out, const struct modules *modules)
{
	for (size_t m = 0; m < modules->count; m++) {
		for (size_t i = 0; i < modules->items[m]->polls.count; i++)
			fprintf(out, "uint64_t %s(void);\n", modules->items[m]->polls.items[i]);
		for (size_t i = 0; i < modules->items[m]->finishes.count; i++)
			fprintf(out, "void %s(void);\n", modules->items[m]->finishes.items[i]);
	}
	fprintf(out,
		"\nstatic inline uint64_t modules_poll(void)\n"
		"{\n"
		"\treturn 0");
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->polls.count; i++)
			fprintf(out, " | %s()", modules->items[m]->polls.items[i]);
	fprintf(out,
		";\n}\n\n"
		"static inline void modules_finish(void)\n"
		"{\n");
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->finishes.count; i++)
			fprintf(out, "\t%s();\n", modules->items[m]->finishes.items[i]);
	fprintf(out, "}\n");
}

/* libraries start before those that need them */
static void emit_starts(FILE *out, const struct libraries *libraries)
{
	fprintf(out, "\nstruct solo5_start_info;\n");
	for (size_t i = 0; i < libraries->count; i++)
		if (libraries->items[i]->start)
			fprintf(out, "void %s(struct solo5_start_info *info);\n", libraries->items[i]->start);
	fprintf(out,
		"\nstatic inline void libraries_start(struct solo5_start_info *info)\n"
		"{\n"
		"\t(void)info;\n");
	for (size_t i = 0; i < libraries->count; i++)
		if (libraries->items[i]->start)
			fprintf(out, "\t%s(info);\n", libraries->items[i]->start);
	fprintf(out, "}\n");
}

void emit_calls_header(const struct composition *composition)
{
	struct emit emit;

	emit_begin(&emit, composition, "gen/calls.h", "hypercalls as the guest makes them", "CALLS_H");
	fprintf(emit.stream,
		"#include <stdint.h>\n\n");
	for (size_t m = 0; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];

		for (size_t i = 0; i < module->hypercall_count; i++) {
			emit_line(&emit, composition, module->hypercalls[i].where);
			emit_prototype(&emit, &module->hypercalls[i], ";");
		}
	}
	emit_line_here(&emit, composition);
	for (size_t m = 0; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];

		for (size_t i = 0; i < module->doorbell_count; i++)
			fprintf(emit.stream, "void doorbell_%s(%s);\n", module->doorbells[i].name,
				module->doorbells[i].each ? "unsigned device" : "void");
	}
	emit_moments(emit.stream, &composition->selected);
	emit_starts(emit.stream, &composition->libraries);
	fprintf(emit.stream, composition->app.destructors ? "\nvoid destructors_run(void);\n" :
		"\nstatic inline void destructors_run(void)\n{\n}\n");
	emit_end(&emit, "CALLS_H");
}

static void emit_stub(struct emit *emit, const struct call *call)
{
	const struct hypercall *hypercall = call->hypercall;
	FILE *out = emit->stream;

	fputc('\n', out);
	emit_prototype(emit, hypercall, "");
	fprintf(out, "{\n");
	for (size_t i = 0; i < hypercall->parameter_count; i++) {
		const struct parameter *parameter = &hypercall->parameters[i];

		if (parameter->kind != PARAMETER_RESULT)
			fprintf(out, "\tPAGE->arguments.%s.%s = %s%s;\n", hypercall->name, parameter->name,
				parameter->kind == PARAMETER_BUFFER ? "(uintptr_t)" : "", parameter->name);
	}
	fprintf(out, "\tleave_guest(%u);\n", call->number);
	for (size_t i = 0; i < hypercall->parameter_count; i++) {
		const struct parameter *parameter = &hypercall->parameters[i];

		if (parameter->kind == PARAMETER_RESULT)
			fprintf(out, "\t*%s = PAGE->arguments.%s.%s;\n", parameter->name, hypercall->name, parameter->name);
	}
	fprintf(out, "\treturn PAGE->result;\n}\n");
}

/* library calls that nothing serves return what Linux returns for unknown calls */
static void emit_unserved(FILE *out, const struct composition *composition)
{
	for (size_t i = 0; i < composition->library_call_count; i++) {
		const char *symbol = composition->library_calls[i].symbol;

		if (!composition->library_calls[i].served)
			fprintf(out, "\nlong %s(void);\nlong %s(void)\n{\n\treturn -38; /* -ENOSYS */\n}\n", symbol, symbol);
	}
}

static void emit_bell(FILE *out, const struct call *call)
{
	bool each = call->doorbell->each;

	fprintf(out, "\nvoid %s(%s)\n{\n\tleave_guest(%u%s);\n}\n", call->symbol, each ? "unsigned device" : "void",
		call->number, each ? " + device" : "");
}

void emit_calls_source(const struct composition *composition)
{
	struct emit emit;

	emit_begin(&emit, composition, "gen/calls.c", "hypercalls as the guest makes them", NULL);
	fprintf(emit.stream,
		"#include \"calls.h\"\n\n"
		"#include \"abi.h\"\n"
		"#include \"machine/layout.h\"\n"
		"#include \"leave.h\"\n\n"
		"#define PAGE ((volatile struct hypercall_page *)ARGUMENTS_ADDRESS)\n");
	for (size_t i = 0; i < composition->call_count; i++)
		if (composition->calls[i].hypercall)
			emit_stub(&emit, &composition->calls[i]);
		else
			emit_bell(emit.stream, &composition->calls[i]);
	emit_unserved(emit.stream, composition);
	emit_end(&emit, NULL);
}
