/* SPDX-License-Identifier: ISC */
/* module_scalar.c -- the types of the description language: u8 to u64, i8 to i64 */
#include "input/module_scalar.h"

#include <string.h>

#include "base/memory.h"
#include "base/strings.h"

static const struct scalar scalars[] = {
	{"u8", "uint8_t", 1, false},
	{"u16", "uint16_t", 2, false},
	{"u32", "uint32_t", 4, false},
	{"u64", "uint64_t", 8, false},
	{"i8", "int8_t", 1, true},
	{"i16", "int16_t", 2, true},
	{"i32", "int32_t", 4, true},
	{"i64", "int64_t", 8, true},
};

const struct scalar *scalar_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(scalars); i++)
		if (!strcmp(scalars[i].name, name))
			return &scalars[i];
	return NULL;
}

void scalar_unknown(struct line *line, const char *at, const char *word, bool parameter)
{
	static const char *const others[] = {"device", "in", "out", "inout"};
	struct strings accepted = {0};

	for (size_t i = 0; i < ARRAY_SIZE(scalars); i++) {
		if (!strcmp(scalars[i].type, word)) {
			line_error(line, at, "unknown type \"%s\"; did you mean \"%s\"?", word, scalars[i].name);
			return;
		}
		strings_add(&accepted, scalars[i].name);
	}
	for (size_t i = 0; parameter && i < ARRAY_SIZE(others); i++)
		strings_add(&accepted, others[i]);
	line_unknown(line, at, "type", word, &accepted);
}
