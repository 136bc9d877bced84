/* SPDX-License-Identifier: ISC */
/* main.c -- ukgen's command line */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "base/version.h"
#include "command/compose.h"
#include "command/gdb.h"
#include "command/inspect.h"
#include "solo5/elftool.h"
#include "solo5/tools.h"
#include "target/architecture.h"

static const char usage[] =
	"usage: ukgen [OPTION]... APP.manifest [OBJECT|ARCHIVE|SOURCE.c ...]\n"
	"       ukgen menuconfig [OPTION]... APP.manifest [OBJECT|ARCHIVE|SOURCE.c ...]\n"
	"       ukgen inspect [--json] APPLIANCE\n"
	"       ukgen gdb [-B BUILDDIR] APPLIANCE [ARGUMENT ...]\n"
	"\n"
	"Makes an appliance: a monitor with just the modules that the application needs, and the application, in one file.\n"
	"\n"
	"  -o APPLIANCE    the file to make (BUILDDIR/NAME)\n"
	"  -B BUILDDIR     where everything in between is kept (ukgen-build beside the manifest)\n"
	"  -v              show the commands that are run\n"
	"  --arch=ARCH     the processor: x86_64 or aarch64 (this machine's)\n"
	"  --modules DIR   a folder of further modules; may be given several times\n"
	"  --libraries DIR\n"
	"                  a folder of further guest libraries; may be given several times\n"
	"  menuconfig      choose modules and values in a menu; kept in NAME.config beside the manifest\n"
	"  inspect         show what an appliance holds\n"
	"  gdb             start an appliance with a debugger, and the symbols of its guest\n"
	"  --help, --version\n";

/* the folder of what ukgen brings: beside an installed program, or above build/ in the source tree */
static char *root_find(void)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	char *folder, *installed;

	if (length < 0)
		fatal("find ukgen's own files through /proc/self/exe:");
	program[length] = 0;
	folder = path_folder(path_folder(program));
	installed = path_join(folder, "share/ukgen");
	return path_exists(installed) ? installed : folder;
}

static int inspect_main(int count, char **words)
{
	bool json = count && !strcmp(words[0], "--json");

	if (count - json != 1)
		fatal("inspect takes one appliance; use ukgen inspect [--json] APPLIANCE");
	inspect(words[json], json);
	return 0;
}

static void option_unknown(const char *word)
{
	static const char *const known[] = {"-o", "-B", "-v", "--arch=", "--modules", "--libraries", "--help", "--version"};
	struct strings options = {(const char **)known, ARRAY_SIZE(known)};
	const char *nearest = str_nearest(word, &options);

	if (nearest)
		fatal("unknown option \"%s\"; did you mean %s?", word, nearest);
	fatal("unknown option \"%s\"; ukgen --help lists those there are", word);
}

static void request_parse(struct request *request, int count, char **words)
{
	for (int i = 0; i < count; i++) {
		const char *word = words[i];
		bool takes_value = !strcmp(word, "-o") || !strcmp(word, "-B") || !strcmp(word, "--modules") ||
			!strcmp(word, "--libraries");

		if (takes_value && i + 1 == count)
			fatal("%s needs a value; ukgen --help shows the options", word);
		if (!strcmp(word, "-o"))
			request->appliance = words[++i];
		else if (!strcmp(word, "-B"))
			request->build = words[++i];
		else if (!strcmp(word, "--modules"))
			strings_add(&request->module_folders, words[++i]);
		else if (str_starts(word, "--arch="))
			request->architecture = word + strlen("--arch=");
		else if (!strcmp(word, "--libraries"))
			strings_add(&request->library_folders, words[++i]);
		else if (!strcmp(word, "-v"))
			request->verbose = true;
		else if (word[0] == '-')
			option_unknown(word);
		else if (!request->manifest)
			request->manifest = word;
		else
			strings_add(&request->inputs, word);
	}
	if (!request->manifest)
		fatal("no manifest is given; use ukgen APP.manifest");
}

int main(int argc, char **argv)
{
	struct request request = {0};
	const char *program = path_base(argv[0]);

	if (!strcmp(program, "solo5-elftool"))
		return elftool(argc - 1, argv + 1);
	if (tools_have(program))
		return tools_run(program, root_find(), argc - 1, argv + 1);
	if (argc < 2) {
		fputs(usage, stderr);
		return 1;
	}
	if (!strcmp(argv[1], "--help")) {
		fputs(usage, stdout);
		return 0;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("ukgen " UKGEN_VERSION);
		return 0;
	}
	if (!strcmp(argv[1], "inspect"))
		return inspect_main(argc - 2, argv + 2);
	request.root = root_find();
	if (!strcmp(argv[1], "gdb"))
		return gdb_run(request.root, argc - 2, argv + 2);
	if (!strcmp(argv[1], "menuconfig")) {
		request_parse(&request, argc - 2, argv + 2);
		return compose_menu(&request);
	}
	request_parse(&request, argc - 1, argv + 1);
	compose(&request);
	return 0;
}
