/* SPDX-License-Identifier: ISC */
/*
 * explain.c -- ukgen explain: adds source lines to an appliance's report
 *
 * The report is untrusted and printed through printable().
 */
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/strings.h"
#include "base/text.h"
#include "command/command.h"
#include "command/places.h"

struct report {
	struct strings lines;
	char **addresses;               /* by line: NULL, or as addr2line takes it */
};

/* "NAME:   at 0x...", and "from" with a return address, which is behind the call */
static char *address_of(const char *line)
{
	const char *at = strstr(line, "  at 0x"), *from = strstr(line, "  from 0x");

	if (!at && !from)
		return NULL;
	return str_format("0x%llx", at ? strtoull(at + 5, NULL, 16) : strtoull(from + 7, NULL, 16) - 1);
}

static void report_read(struct report *report)
{
	char *line = NULL;
	size_t size = 0, found = 0;

	for (ssize_t length; (length = getline(&line, &size, stdin)) > 0;) {
		for (ssize_t i = 0; i < length; i++)
			if (!isprint((unsigned char)line[i]) && line[i] != '\n')
				line[i] = '?';
		line[strcspn(line, "\n")] = 0;
		strings_add(&report->lines, str_copy(line, strlen(line)));
	}
	report->addresses = mem_zalloc((report->lines.count + 1) * sizeof(*report->addresses));
	for (size_t i = 0; i < report->lines.count; i++)
		found += (report->addresses[i] = address_of(report->lines.items[i])) != NULL;
	if (!found)
		fatal("standard input: no report of an appliance; accepted are lines such as \"NAME:   at 0x100042: main+0x2\"");
}

/* the only guest file in a build folder */
static const char *guest_of_folder(const char *build)
{
	glob_t found;
	const char *path = NULL;

	if (!glob(path_join(build, "*.guest.elf"), 0, NULL, &found) && found.gl_pathc == 1)
		path = str_copy(found.gl_pathv[0], strlen(found.gl_pathv[0]));
	globfree(&found);
	if (!path)
		fatal("%s: holds no NAME.guest.elf, or several; name the appliance, or its build folder with -B BUILDDIR", build);
	return path;
}

static int report_print(const struct report *report, const char *guest)
{
	struct strings addresses = {0}, found;
	struct places places;

	for (size_t i = 0; i < report->lines.count; i++)
		if (report->addresses[i])
			strings_add(&addresses, report->addresses[i]);
	places_open(&places, guest, &addresses);
	for (size_t i = 0; i < report->lines.count; i++) {
		puts(printable(report->lines.items[i]));
		if (!report->addresses[i])
			continue;
		places_read(&places, &found);
		for (size_t p = 0; p < found.count; p++)
			if (place_is_known(found.items[p]))
				printf("      %s\n", found.items[p]);
	}
	return places_close(&places);
}

/* words: [-B BUILDDIR] [APPLIANCE] */
static int run(int count, char **words)
{
	struct report report = {0};
	const char *build = NULL, *guest;

	if (count > 1 && !strcmp(words[0], "-B")) {
		build = words[1];
		words += 2;
		count -= 2;
	}
	if (count > 1 || (count && words[0][0] == '-'))
		fatal("explain takes one appliance at most; use ukgen explain [-B BUILDDIR] [APPLIANCE] <REPORT");
	guest = count ? places_guest("explain", build, words[0]) : guest_of_folder(build ? build : "ukgen-build");
	report_read(&report);
	return report_print(&report, guest);
}

const struct command command_explain = {
	.name = "explain",
	.summary = "add source lines to an appliance's report of a trap, an abort or SIGQUIT",
	.usage =
		"usage: ukgen explain [-B BUILDDIR] [APPLIANCE] <REPORT\n"
		"\n"
		"Prints what an appliance said of its guest, with the source line of each place. The guest's symbols are in\n"
		"NAME.guest.elf in its build folder, or in a copy of that beside the appliance, called APPLIANCE.debug.\n"
		"Without an appliance, the build folder decides.\n"
		"\n"
		"  -B BUILDDIR     the appliance's build folder (the appliance's own, or ukgen-build beside it)\n"
		"  --help          print this\n",
	.run = run,
};
