/* SPDX-License-Identifier: ISC */
/* report.c -- ukgen report: a page that shows what an appliance is made of */
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/root.h"
#include "base/text.h"
#include "command/command.h"
#include "input/holdings.h"
#include "input/module_read.h"
#include "report/launch.h"
#include "report/page.h"

/* a file that may be replaced: not the appliance, nor a folder or a device */
static void output_check(const char *output, const char *appliance)
{
	struct stat there, input;

	if (stat(output, &there))
		return;
	if (!S_ISREG(there.st_mode))
		fatal("-o %s: not a regular file; accepted is the path of the page", printable(output));
	if (!stat(appliance, &input) && input.st_dev == there.st_dev && input.st_ino == there.st_ino)
		fatal("-o %s is the appliance itself; accepted is another file", printable(output));
}

static int run(int count, char **words)
{
	const char *appliance = NULL, *output = NULL, *trace = NULL;
	struct holdings holdings;
	struct modules known = {0};
	struct launch launch;
	struct emit emit;

	for (int i = 0; i < count; i++)
		if (!strcmp(words[i], "-o") && i + 1 < count)
			output = words[++i];
		else if (str_starts(words[i], "--launch="))
			trace = words[i] + strlen("--launch=");
		else if (words[i][0] == '-')
			fatal("unknown option \"%s\"; report accepts -o FILE and --launch=TRACE", printable(words[i]));
		else if (appliance)
			fatal("report takes one appliance, not \"%s\" and \"%s\"", printable(appliance), printable(words[i]));
		else
			appliance = words[i];
	if (!appliance)
		fatal("no appliance is named; use ukgen report [-o FILE] [--launch=TRACE] APPLIANCE");
	if (!output)
		output = str_format("%s.html", path_base(appliance));
	holdings_read(&holdings, "report", appliance);
	output_check(output, appliance);
	if (trace)
		launch_read(&launch, trace);
	modules_read(&known, path_join(root_find(), "modules"));
	errors_exit();
	emit_open(&emit, output);
	page_print(&(struct page){emit.stream, &holdings, &known, trace ? &launch : NULL});
	emit_close(&emit);
	return 0;
}

const struct command command_report = {
	.name = "report",
	.summary = "write a page that shows what an appliance is made of",
	.usage =
		"usage: ukgen report [-o FILE] [--launch=TRACE] APPLIANCE\n"
		"\n"
		"Writes a page of HTML that shows what an appliance is made of, without running it: the parts of its file,\n"
		"modules in and left out, memory, hypercalls, system calls and their causes beside those of general monitors,\n"
		"dependencies and settings. The page has no scripts and refers to no other file.\n"
		"\n"
		"  -o FILE         the page (APPLIANCE.html in this folder)\n"
		"  --launch=TRACE  show the launch by phase, too: TRACE is what perf trace -o TRACE APPLIANCE wrote of one\n"
		"  --help          print this\n",
	.run = run,
};
