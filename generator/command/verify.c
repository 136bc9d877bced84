/* SPDX-License-Identifier: ISC */
/* verify.c -- ukgen verify: is an appliance what this ukgen makes of it? */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/printable.h"
#include "base/root.h"
#include "base/text.h"
#include "command/command.h"
#include "command/rebuild.h"
#include "command/signature.h"
#include "command/verify_compare.h"

enum { SAME = 0, UNKNOWN = 1, DIFFERENT = 2 };

static int verify(struct request *request, const char *appliance)
{
	const char *again = rebuild(request, recorded_read("verify", appliance));

	if (!again)
		fatal("%s can't be built again here; see above", appliance);
	if (appliances_differ(appliance, again))
		return DIFFERENT;
	printf("%s: the same, bit for bit, as this ukgen makes from its record and its guest\n", printable(appliance));
	return SAME;
}

static int run(int count, char **words)
{
	struct request request = {.root = root_find()};
	const char *appliance = NULL, *key = NULL;

	for (int i = 0; i < count; i++) {
		const char *word = words[i];

		if (!strcmp(word, "--key"))
			key = option_value("verify", count, words, &i);
		else if (rebuild_option(&request, "verify", count, words, &i))
			continue;
		else if (word[0] == '-')
			fatal("unknown option \"%s\"; ukgen verify --help lists those there are", printable(word));
		else if (appliance)
			fatal("\"%s\" is too much; verify takes one appliance", printable(word));
		else
			appliance = word;
	}
	if (!appliance)
		fatal("no appliance is named; use ukgen verify [--key PUBLIC] APPLIANCE");
	if (key)
		return signature_check(appliance, key) ? SAME : DIFFERENT;
	return verify(&request, appliance);
}

const struct command command_verify = {
	.name = "verify",
	.summary = "say whether an appliance is what this ukgen makes, or who signed it",
	.usage =
		"usage: ukgen verify [-v] [--modules DIR]... [--libraries DIR]... APPLIANCE\n"
		"       ukgen verify --key PUBLIC APPLIANCE\n"
		"\n"
		"Makes the monitor of an appliance again, from what the appliance records and this ukgen, puts the\n"
		"appliance's own guest in it, and compares the two files bit for bit. Where they differ it says which\n"
		"parts do, and which tools, inputs and settings are others. What the guest does, and that it was made from\n"
		"what its record names, is not checked.\n"
		"\n"
		"  --key PUBLIC    build nothing; check the signature in APPLIANCE.minisig with this key (minisign)\n"
		"  --modules DIR, --libraries DIR\n"
		"                  further modules and guest libraries that it was made with\n"
		"  -v              show the commands that are run\n"
		"  --help          print this\n"
		"\n"
		"The exit status is 0 if it is the same, or signed; 2 if not; 1 if that could not be found out.\n",
	.run = run,
};
