/* SPDX-License-Identifier: ISC */
/*
 * dispatch.c -- gen/dispatch.c: from a hypercall's number to its handler
 *
 * Values of the guest enter the monitor only here. A call's arguments are copied
 * once. Before the handler runs, every buffer is checked against guest memory and
 * every device index against the number of devices.
 */
#include "emit/emitters.h"

#include <stdio.h>

#include "base/emit.h"
#include "base/text.h"
#include "compose/calls.h"
#include "compose/paths.h"
#include "emit/c.h"

static void emit_alignment(FILE *out, const struct hypercall *call, const struct parameter *parameter)
{
	fprintf(out,
		"\tif (arguments.%s %% sizeof(%s))\n"
		"\t\tguest_end(\"hypercall %s: %s at 0x%%lx is not a multiple of %u\", arguments.%s);\n",
		parameter->name, parameter->type, call->name, parameter->name, parameter->size, parameter->name);
}

static void emit_buffer(FILE *out, const struct hypercall *call, const struct parameter *parameter)
{
	fprintf(out, "\t%s%s *buffer_%s = guest_buffer(\"%s\", \"%s\", arguments.%s, arguments.%s, sizeof(%s), %s);\n",
		parameter->direction == IN ? "const " : "", parameter->type, parameter->name,
		call->name, parameter->name, parameter->name, parameter->count, parameter->type,
		parameter->direction == IN ? "GUEST_READ" : "GUEST_WRITE");
}

static void emit_handler_call(FILE *out, const struct hypercall *call)
{
	fprintf(out, "host_%s(", call->name);
	for (size_t i = 0; i < call->parameter_count; i++) {
		const struct parameter *parameter = &call->parameters[i];

		fprintf(out, "%s%s%s", i ? ", " : "",
			parameter->kind == PARAMETER_BUFFER ? "buffer_" :
			parameter->kind == PARAMETER_RESULT ? "&arguments." : "arguments.",
			parameter->name);
	}
	fprintf(out, ")");
}

/* volatile: the compiler reads each argument once, and never again what the guest may have changed since */
static void emit_copy(FILE *out, const struct hypercall *call)
{
	fprintf(out,
		"\tconst volatile struct %s_arguments *given = &page->arguments.%s;\n"
		"\tstruct %s_arguments arguments = {\n", call->name, call->name, call->name);
	for (size_t i = 0; i < call->parameter_count; i++)
		fprintf(out, "\t\t.%s = given->%s,\n", call->parameters[i].name, call->parameters[i].name);
	fprintf(out, "\t};\n\n");
}

/* without results, whose place is in its frame, it ends by jumping to the handler, which returns to dispatch's caller */
static void emit_unmarshaller(FILE *out, const struct call *call)
{
	const struct hypercall *hypercall = call->hypercall;
	bool results = false;

	fprintf(out, "\nstatic int64_t call_%s(struct hypercall_page *page)\n{\n", hypercall->name);
	if (hypercall->parameter_count)
		emit_copy(out, hypercall);
	for (size_t i = 0; i < hypercall->parameter_count; i++) {
		const struct parameter *parameter = &hypercall->parameters[i];

		if (parameter->kind == PARAMETER_DEVICE)
			fprintf(out,
				"\tif (arguments.%s >= %s_DEVICES)\n"
				"\t\treturn RESULT_INVALID;\n", parameter->name, str_upper(call->module->name));
	}
	/* buffers are aligned for their elements, so that a handler can access them as C arrays */
	for (size_t i = 0; i < hypercall->parameter_count; i++)
		if (hypercall->parameters[i].kind == PARAMETER_BUFFER && hypercall->parameters[i].size > 1)
			emit_alignment(out, hypercall, &hypercall->parameters[i]);
	for (size_t i = 0; i < hypercall->parameter_count; i++)
		if (hypercall->parameters[i].kind == PARAMETER_BUFFER)
			emit_buffer(out, hypercall, &hypercall->parameters[i]);
	for (size_t i = 0; i < hypercall->parameter_count; i++)
		results |= hypercall->parameters[i].kind == PARAMETER_RESULT;
	if (!hypercall->parameter_count)
		fprintf(out, "\t(void)page;\n");
	fprintf(out, results ? "\tint64_t result = " : "\treturn ");
	emit_handler_call(out, hypercall);
	fprintf(out, results ? ";\n\n" : ";\n");
	for (size_t i = 0; i < hypercall->parameter_count; i++) {
		const struct parameter *parameter = &hypercall->parameters[i];

		if (parameter->kind == PARAMETER_RESULT)
			fprintf(out, "\tpage->arguments.%s.%s = arguments.%s;\n",
				hypercall->name, parameter->name, parameter->name);
	}
	fprintf(out, results ? "\treturn result;\n}\n" : "}\n");
}

static void emit_switch(FILE *out, const struct composition *composition)
{
	fprintf(out,
		"\nint64_t dispatch(unsigned number)\n"
		"{\n"
		"\tstruct hypercall_page *page = (void *)(memory.base + ARGUMENTS_ADDRESS);\n\n"
		"\tswitch (number) {\n");
	for (size_t i = 0; i < composition->call_count; i++) {
		const struct call *call = &composition->calls[i];

		if (call->hypercall)
			fprintf(out, "\tcase %u:\n\t\treturn call_%s(page);\n", call->number, call->hypercall->name);
	}
	fprintf(out,
		"\tdefault:\n"
		"\t\tguest_end(\"there is no hypercall %%u\", number);\n"
		"\t}\n"
		"}\n");
}

/* a doorbell that the guest never rings has no number */
static void emit_doorbells(FILE *out, const struct composition *composition)
{
	const struct modules *modules = &composition->selected;

	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->doorbell_count; i++) {
			const char *name = str_format("doorbell_%s", modules->items[m]->doorbells[i].name);
			const struct call *call = call_find(composition, name);

			fprintf(out, "\nconst unsigned %s = %s;\n", name, call ? str_format("%u", call->number) : "DOORBELL_NONE");
		}
}

/* for modules that count hypercalls; the linker drops it if none does */
static void emit_names(FILE *out, const struct composition *composition)
{
	fprintf(out,
		"\nconst unsigned call_count = %u;\n"
		"uint64_t call_counts[%u];\n\n"
		"/* by number, one behind the other; empty for a doorbell, which is no exit */\n"
		"const char call_names[] =\n", composition->number_count, composition->number_count + 1);
	for (size_t i = 0; i < composition->call_count; i++)
		for (unsigned n = 0; n < composition->calls[i].count; n++)
			fprintf(out, "\t\"%s\\0\"\n", composition->calls[i].hypercall ? composition->calls[i].hypercall->name : "");
	fprintf(out, "\t\"\";\n");
}

void emit_dispatch(const struct composition *composition)
{
	struct emit emit;

	emit_begin(&emit, composition, "gen/dispatch.c", "from a hypercall's number to its handler", NULL);
	fprintf(emit.stream,
		"#include \"machine/layout.h\"\n"
		"#include \"memory.h\"\n"
		"#include \"monitor.h\"\n");
	for (size_t i = 0; i < composition->call_count; i++)
		if (composition->calls[i].hypercall)
			emit_unmarshaller(emit.stream, &composition->calls[i]);
	emit_switch(emit.stream, composition);
	emit_doorbells(emit.stream, composition);
	emit_names(emit.stream, composition);
	emit_end(&emit, NULL);
}
