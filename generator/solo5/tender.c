/* SPDX-License-Identifier: ISC */
/*
 * tender.c -- starts an appliance by the command line of Solo5's tenders
 *
 * For callers of "solo5-hvt OPTIONS -- FILE ARGUMENTS". The appliance is its own
 * tender: it is checked, then executed in place of this process. It runs with the
 * caller's rights, as any program, so the caller must trust its builder.
 */
#include "solo5/tender.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "base/version.h"
#include "input/appliance.h"
#include "input/solo5_note.h"

/* the ABI of the appliances that a tender's name can start; NULL: any */
static const struct {
	const char *name;
	const char *target;
} tenders[] = {{"solo5-ukgen", NULL}, {"solo5-hvt", "hvt"}, {"solo5-spt", "spt"}};

static const char usage[] = "usage: %s [OPTION]... [--] APPLIANCE [ARGUMENT]...\n";

static size_t tender_find(const char *program)
{
	for (size_t i = 0; i < ARRAY_SIZE(tenders); i++) {
		size_t length = strlen(tenders[i].name);

		if (!strncmp(program, tenders[i].name, length) && (!program[length] || program[length] == '.'))
			return i;
	}
	return ARRAY_SIZE(tenders);
}

bool tender_have(const char *program)
{
	return tender_find(program) < ARRAY_SIZE(tenders);
}

static void appliance_check(const char *program, const char *path, const char *accepted)
{
	struct note note;
	struct note_abi abi = {0};
	size_t size;
	bool ours = appliance_section(program, path, ".ukgen", &size);
	bool known = note_read(path, NOTE_ABI, &note) && note_abi_read(&note, &abi);

	if (!ours && known)
		fatal("%s: built by Solo5 for %s (ABI version %u), not an appliance; start it with Solo5's own tender, "
		      "or link it with ukgen's tools", path, abi.target, abi.version);
	if (!ours)
		fatal("%s: not an appliance made by ukgen", path);
	if (accepted && (!known || strcmp(abi.target, accepted)))
		fatal("%s: not an appliance for %s%s%s; solo5-ukgen starts any", path, accepted,
		      known ? ", but for " : "", known ? abi.target : "");
}

/* Some callers write the file without execute permission: then a copy in memory is executed. */
static void copy_execute(const char *path, char **words)
{
	int file = open(path, O_RDONLY | O_CLOEXEC), copy = memfd_create(path_base(path), MFD_CLOEXEC);
	ssize_t length;

	if (file < 0 || copy < 0)
		return;
	do
		length = sendfile(copy, file, NULL, 1 << 30);
	while (length > 0);
	if (!length)
		fexecve(copy, words, environ);
}

int tender_run(const char *program, int count, char **words)
{
	struct strings command = {0};
	char *path;
	int at = 0;

	diag_program = program;
	if (count == 1 && !strcmp(words[0], "--help")) {
		printf(usage, program);
		return 0;
	}
	if (count && !strcmp(words[0], "--version")) {
		printf("%s " SOLO5_VERSION " (ukgen " UKGEN_VERSION ")\nABI version %d\n", program, NOTE_ABI_VERSION);
		return 0;
	}
	strings_add(&command, NULL);
	for (; at < count && words[at][0] == '-' && strcmp(words[at], "--"); at++) {
		if (words[at][1] != '-')
			fatal("unknown option \"%s\"; options begin with --, and the appliance's --help lists them", words[at]);
		strings_add(&command, words[at]);
	}
	at += at < count && !strcmp(words[at], "--");
	if (at == count)
		fatal("no appliance is named; use %s [OPTION]... [--] APPLIANCE [ARGUMENT]...", program);
	path = strchr(words[at], '/') ? words[at] : str_format("./%s", words[at]);
	appliance_check(program, path, tenders[tender_find(program)].target);
	command.items[0] = path;
	strings_add(&command, "--");
	for (at++; at < count; at++)
		strings_add(&command, words[at]);
	strings_add(&command, NULL);
	execv(path, (char **)command.items);
	if (errno == EACCES)
		copy_execute(path, (char **)command.items);
	fatal("start %s:", path);
}
