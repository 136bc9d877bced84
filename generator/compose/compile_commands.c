/* SPDX-License-Identifier: ISC */
/* compile_commands.c -- BUILDDIR/compile_commands.json, which tells editors how each source is compiled */
#include "compose/compile_commands.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/path.h"
#include "base/text.h"
#include "compose/inputs.h"
#include "compose/ninja_program.h"
#include "compose/paths.h"

static void line_add(void *context, char *line)
{
	fprintf(context, "%s\n", line);
}

/* picks the compilations, not the links, from ninja's list */
static void commands_add(json_t *commands, const char *text)
{
	json_t *list = json_loads(text, 0, NULL), *command;
	size_t i;

	json_array_foreach(list, i, command) {
		const char *file = json_string_value(json_object_get(command, "file"));

		if (file && input_is_source(file))
			json_array_append(commands, command);
	}
	json_decref(list);
}

void compile_commands_write(const struct composition *composition)
{
	const char *path = build_path(composition, "compile_commands.json");
	json_t *commands;
	char *text, *dump;
	struct emit emit;
	size_t length;

	if (composition->brief || (path_exists(path) && !emit_changed()))
		return;
	commands = json_array();
	for (size_t i = 0; i < NINJA_FILES; i++) {
		FILE *out = open_memstream(&text, &length);
		struct program program;

		if (!out)
			fatal("out of memory");
		if (path_exists(build_path(composition, ninja_files[i]))) {
			program = ninja_ask(composition, ninja_files[i], "-t", "compdb");
			program_end(&program, line_add, out);
		}
		if (fclose(out))
			fatal("out of memory");
		commands_add(commands, text);
		free(text);
	}
	dump = json_dumps(commands, JSON_INDENT(1));
	if (!dump)
		fatal("out of memory");
	emit_open(&emit, path);
	fprintf(emit.stream, "%s\n", dump);
	emit_close(&emit);
	json_decref(commands);
	free(dump);
}
