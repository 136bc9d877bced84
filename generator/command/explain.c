/* SPDX-License-Identifier: ISC */
/*
 * explain.c -- ukgen explain: adds source lines to an appliance's report
 *
 * addr2line finds them in the guest's file with debug information. The report is
 * untrusted and printed through printable().
 */
#include <ctype.h>
#include <fcntl.h>
#include <gelf.h>
#include <glob.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/process.h"
#include "base/strings.h"
#include "base/text.h"
#include "command/command.h"
#include "command/guest_file.h"
#include "input/appliance.h"
#include "target/architecture.h"
#include "target/toolchain.h"

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

static const char *guest_of_appliance(const char *build, const char *appliance)
{
	json_t *description = json_loads(appliance_description("explain", appliance), 0, NULL);
	const char *name = json_string_value(json_object_get(description, "name"));

	if (!name || !*name || strchr(name, '/'))
		fatal("%s: its description is damaged", appliance);
	return guest_file_find("explain", build, appliance, name);
}

/* the addr2line of each architecture: Debian's only knows its own */
static const char *addr2line_of(const char *guest)
{
	int file = open(guest, O_RDONLY | O_CLOEXEC);
	GElf_Ehdr header = {0};
	Elf *elf = NULL;

	if (file >= 0 && elf_version(EV_CURRENT) != EV_NONE)
		elf = elf_begin(file, ELF_C_READ, NULL);
	if (!elf || !gelf_getehdr(elf, &header))
		fatal("%s: not an ELF file", guest);
	elf_end(elf);
	close(file);
	for (size_t i = 0; architecture_at(i); i++) {
		const struct architecture *architecture = architecture_at(i);

		if (architecture->elf_machine == header.e_machine && architecture != architecture_native())
			return str_format("%saddr2line", architecture->toolchain);
	}
	return "addr2line";
}

/*
 * Sources were compiled with these names for their folders (emit/ninja.c): app is
 * the manifest's folder, ukgen the folder of ukgen's own files. The part before is
 * the build folder.
 */
static const char *source_name(const char *path)
{
	static const char *const folders[] = {"/app/", "/ukgen/"};

	for (const char *at = path + strlen(path); at > path; at--)
		for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
			if (str_starts(at, folders[i]))
				return i ? at + 1 : at + strlen(folders[i]);
	return path;
}

static void place_print(const char *place)
{
	const char *path = strstr(place, " at ");

	if (path && !strstr(path, " ??:"))
		printf("      %s\n", printable(str_format("%.*s%s", (int)(path + 4 - place), place, source_name(path + 4))));
}

/* reads the output for one address, up to the next line that begins with "0x" */
static void places_print(FILE *said, char **line, size_t *size)
{
	bool first = true;

	while (*line && (first || strncmp(*line, "0x", 2))) {
		const char *place = first ? strstr(*line, ": ") : *line;

		(*line)[strcspn(*line, "\n")] = 0;
		if (place)
			place_print(place + (first ? 2 : strspn(place, " ")));
		first = false;
		if (getline(line, size, said) < 0) {
			free(*line);
			*line = NULL;
		}
	}
}

static int report_print(const struct report *report, const char *guest)
{
	/* -a -p: "0xADDRESS: FUNCTION at FILE:LINE", then " (inlined by) ..." for each caller */
	const char *const begin[] = {addr2line_of(guest), "-a", "-p", "-f", "-i", "-C", "-e", guest};
	struct strings words = {0};
	char *line = NULL;
	size_t size = 0;
	struct program program;
	FILE *said;

	for (size_t i = 0; i < ARRAY_SIZE(begin); i++)
		strings_add(&words, begin[i]);
	for (size_t i = 0; i < report->lines.count; i++)
		if (report->addresses[i])
			strings_add(&words, report->addresses[i]);
	strings_add(&words, NULL);
	program = program_start(words.items, false, NULL);
	said = fdopen(program.output, "r");
	if (!said)
		fatal("read from %s:", program.name);
	if (getline(&line, &size, said) < 0) {
		free(line);
		line = NULL;
	}
	for (size_t i = 0; i < report->lines.count; i++) {
		puts(printable(report->lines.items[i]));
		if (report->addresses[i])
			places_print(said, &line, &size);
	}
	fclose(said);
	return process_wait(program.process);
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
	guest = count ? guest_of_appliance(build, words[0]) : guest_of_folder(build ? build : "ukgen-build");
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
