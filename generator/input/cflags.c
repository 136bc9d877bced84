/* SPDX-License-Identifier: ISC */
/*
 * cflags.c -- checks an application's compiler options, and makes paths in them absolute
 *
 * Options that show in objects (-flto, -fsplit-stack, sanitizers) are checked there,
 * since objects that others compiled may have them, too.
 */
#include "input/cflags.h"

#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"

static const char settled[] = "ukgen itself decides what is compiled and where the result goes";
static const char machine[] = "what is built would depend on this machine; name a processor";
static const char unrecorded[] = "a change of that file would go unnoticed";

static const struct {
	const char *word;
	bool whole;             /* the whole option; false: a prefix */
	const char *reason;
} refused[] = {
	{"-###", true, settled}, {"-E", true, settled}, {"-S", true, settled}, {"-c", true, settled}, {"-o", false, settled},
	{"-x", false, settled}, {"-M", true, settled}, {"-MD", true, settled}, {"-MF", false, settled}, {"-MG", true, settled},
	{"-MM", true, settled}, {"-MMD", true, settled}, {"-MP", true, settled}, {"-MQ", false, settled}, {"-MT", false, settled},
	{"-fsyntax-only", true, settled}, {"-save-temps", false, settled}, {"--help", false, settled}, {"--version", true, settled},
	{"-march=native", true, machine}, {"-mcpu=native", true, machine}, {"-mtune=native", true, machine},
	{"@", false, "write the options themselves"},
	{"-B", false, unrecorded}, {"-fauto-profile", false, unrecorded}, {"-fbranch-probabilities", true, unrecorded},
	{"-fplugin=", false, unrecorded}, {"-fprofile-use", false, unrecorded}, {"-specs=", false, unrecorded},
	{"-wrapper", true, unrecorded},
	{"-fsanitize=shadow-call-stack", true, "a guest has no such stack"},
};

const char *cflag_refusal(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
		if (refused[i].whole ? !strcmp(word, refused[i].word) : str_starts(word, refused[i].word))
			return refused[i].reason;
	return NULL;
}

/* a file of -include that isn't below folder is left alone: it may be in a folder of headers */
static const char *resolve(const char *path, const char *folder, bool file)
{
	const char *found = path_absolute(path_join(folder, path));

	return *path == '=' || (file && !path_exists(found)) ? path : found;
}

void cflags_resolve(struct strings *words, const char *folder)
{
	static const struct {
		const char *option;
		bool file, joined;      /* joined: the path may follow without a blank */
	} options[] = {
		{"-I", false, true}, {"-idirafter", false, true}, {"-imacros", true, false}, {"-include", true, false},
		{"-iquote", false, true}, {"-isystem", false, true},
	};

	for (size_t i = 0; i < words->count; i++)
		for (size_t o = 0; o < ARRAY_SIZE(options); o++) {
			const char *word = words->items[i], *option = options[o].option;

			if (!strcmp(word, option) && i + 1 < words->count) {
				words->items[i + 1] = resolve(words->items[i + 1], folder, options[o].file);
				i++;
				break;
			}
			if (options[o].joined && str_starts(word, option) && word[strlen(option)] && strcmp(word, "-I-")) {
				words->items[i] = str_format("%s%s", option, resolve(word + strlen(option), folder, false));
				break;
			}
		}
}
