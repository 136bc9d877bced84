/* SPDX-License-Identifier: ISC */
/* ninja_program.c -- starts ninja on one of the build files */
#include "compose/ninja_program.h"

const char *const ninja_files[NINJA_FILES] = {"app.ninja", "guest.ninja", "core.ninja", "build.ninja"};

struct program ninja_start(const struct composition *composition, const char *file, const struct strings *more)
{
	struct strings words = {0};

	strings_add(&words, "ninja");
	strings_add(&words, "-C");
	strings_add(&words, composition->build);
	strings_add(&words, "-f");
	strings_add(&words, file);
	for (size_t i = 0; i < more->count; i++)
		strings_add(&words, more->items[i]);
	strings_add(&words, NULL);
	return program_start(words.items, true, "ninja-build");
}

struct program ninja_ask(const struct composition *composition, const char *file, const char *option, const char *argument)
{
	struct strings more = {0};

	strings_add(&more, option);
	if (argument)
		strings_add(&more, argument);
	return ninja_start(composition, file, &more);
}
