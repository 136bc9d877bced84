/* SPDX-License-Identifier: ISC */
/*
 * handlers.c -- checks that modules' host halves define what their .mod files promise
 *
 * The compiler finds wrong prototypes, by gen/handlers.h. Missing or misspelt
 * functions would be found only by the linker, which can't name the .mod line.
 */
#include "command/handlers.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/calls.h"
#include "compose/paths.h"
#include "emit/c.h"
#include "input/object.h"

static struct strings defined_read(const struct composition *composition, const struct module *module)
{
	struct strings defined = {0};

	for (size_t i = 0; i < module->host_sources.count; i++) {
		struct object object = {0};

		object_read(&object, build_path(composition, module_object("monitor", module, module->host_sources.items[i])),
			    composition->architecture);
		for (size_t n = 0; n < object.defined.count; n++)
			strings_add(&defined, object.defined.items[n]);
	}
	return defined;
}

static void function_check(const struct strings *defined, struct position where, const char *name, const char *prototype)
{
	const char *nearest = str_nearest(name, defined);

	if (strings_contain(defined, name))
		return;
	if (nearest)
		error_at(where, "the module's host half defines no %s; accepted is \"%s\", it has %s", name, prototype, nearest);
	else
		error_at(where, "the module's host half defines no %s; accepted is \"%s\"", name, prototype);
}

static char *handler_prototype(const struct hypercall *call)
{
	char *text;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		fatal("out of memory");
	fprintf(out, "int64_t host_%s(", call->name);
	emit_parameters(out, call);
	fputc(')', out);
	if (fclose(out))
		fatal("out of memory");
	return text;
}

static void handlers_of_module(const struct composition *composition, const struct module *module)
{
	const struct strings defined = defined_read(composition, module);
	const struct position file = {.file = module->path};

	for (size_t i = 0; i < module->hypercall_count; i++)
		/* nothing calls the handler of a hypercall that the guest doesn't make */
		if (call_find(composition, str_format("hypercall_%s", module->hypercalls[i].name)))
			function_check(&defined, module->hypercalls[i].where, str_format("host_%s", module->hypercalls[i].name),
				       handler_prototype(&module->hypercalls[i]));
	for (size_t i = 0; i < module->option_count; i++) {
		const char *name = option_function(&module->options[i]);

		function_check(&defined, module->options[i].where, name,
			       str_format("void %s(unsigned device, const char *value)", name));
	}
	for (size_t hook = 0; hook < HOOK_COUNT; hook++)
		for (size_t i = 0; i < module->hooks[hook].count; i++)
			function_check(&defined, file, module->hooks[hook].items[i],
				       hook_prototype(hook, module->hooks[hook].items[i]));
}

void handlers_check(const struct composition *composition)
{
	for (size_t m = 0; m < composition->selected.count; m++)
		handlers_of_module(composition, composition->selected.items[m]);
	errors_exit();
}
