/* SPDX-License-Identifier: ISC */
/*
 * shared.c -- gen/shared.c: the addresses of variables that guest and host half of a module share
 *
 * The monitor writes there while the guest runs, so each must be in memory that the
 * guest itself may write. The linker drops a variable that the guest doesn't use;
 * its address is 0 then.
 */
#include "emit/emitters.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/text.h"
#include "emit/c.h"
#include "input/guest_elf.h"

static struct variable variable_find(const struct guest *guest, const struct shared *shared)
{
	const char *name = str_format("shared_%s", shared->name);

	for (size_t i = 0; i < guest->variable_count; i++)
		if (!strcmp(guest->variables[i].name, name))
			return guest->variables[i];
	return (struct variable){.name = name};
}

static void emit_variable(FILE *out, const struct guest *guest, const struct shared *shared)
{
	struct variable variable = variable_find(guest, shared);

	if (variable.size && (variable.address < guest->data || variable.address > guest->end ||
	    variable.size > guest->end - variable.address))
		error_at(shared->where, "%s can't be written by the guest; accepted is a variable that is not const",
			 variable.name);
	fprintf(out, "\nconst struct shared %s = {0x%lx, 0x%lx};\n", variable.name, variable.address, variable.size);
}

void emit_shared(const struct composition *composition, const struct guest *guest)
{
	const struct modules *modules = &composition->selected;
	struct emit emit;

	emit_begin(&emit, composition, "gen/shared.c", "where the variables are that guest and monitor share", NULL);
	fprintf(emit.stream,
		"#include \"monitor.h\"\n");
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->shared_count; i++)
			emit_variable(emit.stream, guest, &modules->items[m]->shared[i]);
	errors_exit();
	emit_end(&emit, NULL);
}
