/* SPDX-License-Identifier: ISC */
/* request.c -- the command line of the commands that take a manifest */
#include "command/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/root.h"
#include "base/strings.h"
#include "base/text.h"

static void option_unknown(const char *word)
{
	static const char *const known[] = {"-o", "-B", "-v", "--arch=", "--host=", "--modules", "--libraries", "--help", "--version"};
	struct strings options = {(const char **)known, ARRAY_SIZE(known)};
	const char *nearest = str_nearest(word, &options);

	if (nearest)
		fatal("unknown option \"%s\"; did you mean %s?", word, nearest);
	fatal("unknown option \"%s\"; ukgen --help lists those there are", word);
}

struct request request_parse(const struct command *command, int count, char **words)
{
	struct request request = {.root = root_find()};

	for (int i = 0; i < count; i++) {
		const char *word = words[i];
		bool takes_value = !strcmp(word, "-o") || !strcmp(word, "-B") || !strcmp(word, "--modules") ||
			!strcmp(word, "--libraries");

		if (takes_value && i + 1 == count)
			fatal("%s needs a value; ukgen --help shows the options", word);
		if (!strcmp(word, "-o")) {
			request.appliance = words[++i];
		} else if (!strcmp(word, "-B")) {
			request.build = words[++i];
		} else if (!strcmp(word, "--modules")) {
			strings_add(&request.module_folders, words[++i]);
		} else if (str_starts(word, "--arch=")) {
			request.architecture = word + strlen("--arch=");
		} else if (str_starts(word, "--host=")) {
			request.host = word + strlen("--host=");
		} else if (!strcmp(word, "--libraries")) {
			strings_add(&request.library_folders, words[++i]);
		} else if (!strcmp(word, "-v")) {
			request.verbose = true;
		} else if (!strcmp(word, "--help")) {
			fputs(command->usage, stdout);
			exit(0);
		} else if (word[0] == '-') {
			option_unknown(word);
		} else if (!request.manifest) {
			request.manifest = word;
		} else {
			strings_add(&request.inputs, word);
		}
	}
	if (!request.manifest)
		fatal("no manifest is given; use ukgen APP.manifest");
	return request;
}
