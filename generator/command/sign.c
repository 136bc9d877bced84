/* SPDX-License-Identifier: ISC */
/* sign.c -- ukgen sign: signs an appliance */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/printable.h"
#include "command/command.h"
#include "command/signature.h"

static int run(int count, char **words)
{
	const char *appliance = NULL, *key = NULL;

	for (int i = 0; i < count; i++) {
		const char *word = words[i];

		if (!strcmp(word, "--key") && i + 1 == count)
			fatal("--key needs a value; ukgen sign --help shows the options");
		if (!strcmp(word, "--key"))
			key = words[++i];
		else if (word[0] == '-')
			fatal("unknown option \"%s\"; ukgen sign --help lists those there are", printable(word));
		else if (appliance)
			fatal("\"%s\" is too much; sign takes one appliance", printable(word));
		else
			appliance = word;
	}
	if (!appliance || !key)
		fatal("no %s is named; use ukgen sign --key SECRET APPLIANCE", appliance ? "key" : "appliance");
	signature_make(appliance, key);
	return 0;
}

const struct command command_sign = {
	.name = "sign",
	.summary = "sign an appliance",
	.usage =
		"usage: ukgen sign --key SECRET APPLIANCE\n"
		"\n"
		"Writes APPLIANCE.minisig beside the appliance: a signature by minisign, which asks for the key's password.\n"
		"The appliance stays as it is. minisign -G makes a pair of keys.\n"
		"\n"
		"  --key SECRET    the file with the secret key\n"
		"  --help          print this\n",
	.run = run,
};
