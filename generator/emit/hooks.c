/* SPDX-License-Identifier: ISC */
/* hooks.c -- gen/hooks.h: calls the hooks of modules, one function for each kind */
#include "emit/emitters.h"

#include "base/emit.h"
#include "base/strings.h"
#include "base/text.h"
#include "emit/c.h"

static void emit_hook(FILE *out, const struct modules *modules, enum hook hook)
{
	const struct hook_kind *kind = &hook_kinds[hook];
	const char *argument = kind->takes ? kind->takes : "";
	struct strings functions = {0};

	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->hooks[hook].count; i++)
			strings_add(&functions, modules->items[m]->hooks[hook].items[i]);
	fprintf(out, "\nenum { HOOKS_%s = %zu };\n", str_upper(kind->name), functions.count);
	fprintf(out, "\nstatic inline %s hooks_%s(%s)\n{\n", kind->answers ? "bool" : "void", kind->name,
		kind->takes ? str_format("int %s", kind->takes) : "void");
	if (!functions.count && kind->takes)
		fprintf(out, "\t(void)%s;\n", kind->takes);
	if (!functions.count && kind->answers)
		fprintf(out, "\treturn false;\n");
	if (functions.count > 1 && kind->answers)
		fprintf(out, "\tbool answer = %s(%s);\n\n", functions.items[0], argument);
	for (size_t i = functions.count > 1 && kind->answers; i < functions.count; i++)
		fprintf(out, "\t%s%s(%s);\n", !kind->answers ? "" : functions.count > 1 ? "answer |= " : "return ",
			functions.items[i], argument);
	if (functions.count > 1 && kind->answers)
		fprintf(out, "\treturn answer;\n");
	fprintf(out, "}\n");
}

void emit_hooks(const struct composition *composition)
{
	struct emit emit;

	emit_begin(&emit, composition, "gen/hooks.h", "what the modules do at each moment, in the modules' order", "HOOKS_H");
	fprintf(emit.stream, "#include \"handlers.h\"\n");
	for (enum hook hook = 0; hook < HOOK_COUNT; hook++)
		emit_hook(emit.stream, &composition->selected, hook);
	emit_end(&emit, "HOOKS_H");
}
