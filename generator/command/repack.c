/* SPDX-License-Identifier: ISC */
/* repack.c -- ukgen repack: the guest of an appliance, with the monitor that this ukgen makes for it */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/root.h"
#include "base/text.h"
#include "command/command.h"
#include "command/rebuild.h"

static bool is_same_file(const char *one, const char *other)
{
	struct stat first, second;

	return !stat(one, &first) && !stat(other, &second) && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* NULL: there is no such symbol */
static const char *setting_find(const struct recorded *recorded, const char *symbol)
{
	for (size_t i = 0; i < recorded->setting_count; i++)
		if (!strcmp(recorded->settings[i].symbol, symbol))
			return recorded->settings[i].value;
	return NULL;
}

static void change_print(const char *symbol, const char *was, const char *is)
{
	const char *before = was ? was : "n", *after = is ? is : "n";

	if (strcmp(before, after))
		printf("%s: %s, was %s\n", printable(symbol), printable(after), printable(before));
}

/* what a policy, or another ukgen, chose otherwise */
static void changes_print(const struct recorded *before, const struct recorded *after)
{
	for (size_t i = 0; i < before->setting_count; i++)
		change_print(before->settings[i].symbol, before->settings[i].value, setting_find(after, before->settings[i].symbol));
	for (size_t i = 0; i < after->setting_count; i++)
		if (!setting_find(before, after->settings[i].symbol))
			change_print(after->settings[i].symbol, NULL, after->settings[i].value);
}

static void repack(struct request *request, const char *appliance)
{
	const struct recorded *recorded = recorded_read("repack", appliance);

	if (!rebuild(request, recorded))
		fatal("%s was not repacked; see above", appliance);
	changes_print(recorded, recorded_read("repack", request->appliance));
}

static int run(int count, char **words)
{
	struct request request = {.root = root_find()};
	const char *appliance = NULL;

	for (int i = 0; i < count; i++) {
		const char *word = words[i];

		if (!strcmp(word, "-o"))
			request.appliance = option_value("repack", count, words, &i);
		else if (!strcmp(word, "--policy"))
			request.choices = option_value("repack", count, words, &i);
		else if (rebuild_option(&request, "repack", count, words, &i))
			continue;
		else if (word[0] == '-')
			fatal("unknown option \"%s\"; ukgen repack --help lists those there are", printable(word));
		else if (appliance)
			fatal("\"%s\" is too much; repack takes one appliance", printable(word));
		else
			appliance = word;
	}
	if (!appliance || !request.appliance)
		fatal("no %s is named; use ukgen repack APPLIANCE -o NEW [--policy FILE]", appliance ? "new file" : "appliance");
	if (is_same_file(appliance, request.appliance))
		fatal("-o %s is the appliance itself; accepted is another file", printable(request.appliance));
	repack(&request, appliance);
	return 0;
}

const struct command command_repack = {
	.name = "repack",
	.summary = "put the guest of an appliance into a monitor that this ukgen makes",
	.usage =
		"usage: ukgen repack [-v] [--policy FILE] [--modules DIR]... [--libraries DIR]... APPLIANCE -o NEW\n"
		"\n"
		"Takes from an appliance its guest, its manifest and its configuration, and makes a new appliance with a monitor\n"
		"of this ukgen's own. None of the old monitor is in it. With the same ukgen, compilers and configuration it is\n"
		"the old appliance, bit for bit. Prints each setting that is another.\n"
		"\n"
		"  -o NEW          the file to make\n"
		"  --policy FILE   settings that count, whatever the appliance was made with, in .config's format:\n"
		"                  CONFIG_SYMBOL=VALUE, or # CONFIG_SYMBOL is not set. One that the guest does not allow is an error.\n"
		"  --modules DIR, --libraries DIR\n"
		"                  further modules and guest libraries that it was made with\n"
		"  -v              show the commands that are run\n"
		"  --help          print this\n",
	.run = run,
};
