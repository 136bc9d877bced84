/* SPDX-License-Identifier: ISC */
/* module_reader.c -- the state of reading a description: the line, and the module that statements are added to */
#include "input/module_reader.h"

#include "base/memory.h"

bool reader_end(struct reader *reader)
{
	const struct line *line = &reader->line;
	struct module *module = reader->module;

	if (!line_end(&reader->line))
		return false;
	if (line->condition)
		*LIST_ADD(module->conditions, module->condition_count) =
			(struct condition){line->condition, line_position(line, line->condition_at)};
	return true;
}

void reader_refer(struct reader *reader, int kind, const char *name, const char *at)
{
	struct module *module = reader->module;

	*LIST_ADD(module->references, module->reference_count) =
		(struct reference){kind, name, line_position(&reader->line, at)};
}
