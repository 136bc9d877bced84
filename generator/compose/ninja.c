/* SPDX-License-Identifier: ISC */
/* ninja.c -- runs of ninja in the build folder, one after another or one beside them */
#include "compose/ninja.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/process.h"
#include "base/printable.h"
#include "base/strings.h"
#include "base/terminal.h"
#include "base/text.h"
#include "compose/ninja_program.h"
#include "compose/paths.h"
#include "compose/record.h"

struct run {
	struct program program;
	const char *target;
};

static struct run beside;
static bool settled;
static const char nothing[] = "ninja: no work to do.";

/* jobs is an option, or NULL */
static struct run run_start(const struct composition *composition, const char *file, const char *target, const char *jobs)
{
	struct strings more = {0};

	record_open(composition);
	if (composition->verbose || !terminal_is_there())
		strings_add(&more, composition->verbose ? "-v" : "--quiet");
	strings_add(&more, target);
	if (jobs)
		strings_add(&more, jobs);
	return (struct run){ninja_start(composition, file, &more), target};
}

/* "[3/14] cc app.c" */
static bool is_progress(const char *line)
{
	size_t done = line[0] == '[' ? strspn(line + 1, "0123456789") : 0;
	size_t all = done && line[1 + done] == '/' ? strspn(line + done + 2, "0123456789") : 0;

	return all && line[done + all + 2] == ']';
}

/*
 * Passes on ninja's output, progress on a terminal in one line that is replaced. For a command that failed, only its own messages are
 * shown; its target, the command and ninja's last line are printed only with -v.
 */
struct forward {
	bool all;
	bool command_next;
	const char *header;     /* that a source includes, and that isn't there; NULL: none */
};

/* "app.c:1:10: fatal error: zlib.h: No such file or directory" */
static const char *header_missing(const char *line)
{
	static const char start[] = ": fatal error: ", end[] = ": No such file or directory";
	const char *name = strstr(line, start);

	return name && str_ends(name, end) ? str_copy(name + strlen(start), strlen(name) - strlen(start) - strlen(end)) : NULL;
}

/* that commands failed, which have said why themselves; a full disk, too, stops a build, and this line alone says so */
static bool is_summary(const char *line)
{
	return str_starts(line, "ninja: build stopped: subcommand") || str_starts(line, "ninja: build stopped: cannot make progress");
}

static void forward_line(void *context, char *line)
{
	struct forward *forward = context;
	bool is_command = forward->command_next;

	forward->command_next = !forward->all && !is_command && str_starts(line, "FAILED: ");
	if (forward->command_next || is_command || (!forward->all && is_summary(line)) ||
	    str_starts(line, "ninja: Entering directory") || !strcmp(line, nothing))
		return;
	if (!forward->all && is_progress(line)) {
		terminal_progress(printable(line));
		return;
	}
	if (!forward->header)
		forward->header = header_missing(line);
	terminal_clear();
	program_line_forward(NULL, line);
}

static bool run_end(const struct composition *composition, const struct run *run)
{
	struct forward forward = {.all = composition->verbose};
	bool done = !program_end(&run->program, forward_line, &forward);

	terminal_clear();
	if (!done && forward.header)
		error_at((struct position){.file = composition->manifest->path},
			 "there is no \"%s\" where compilers look: in \"includes\", and in the headers of libraries, musl, the compiler "
			 "and Linux; /usr/include is not searched", forward.header);
	return done;
}

static void nothing_is_said(void *context, char *line)
{
	*(bool *)context |= !strcmp(line, nothing);
}

void ninja_settle(const struct composition *composition)
{
	struct program programs[NINJA_FILES];

	for (size_t i = 0; i < NINJA_FILES; i++)
		if (!path_exists(build_path(composition, ninja_files[i])))
			return;
	for (size_t i = 0; i < NINJA_FILES; i++)
		programs[i] = ninja_ask(composition, ninja_files[i], "-n", NULL);
	settled = true;
	for (size_t i = 0; i < NINJA_FILES; i++) {
		bool said = false;

		settled &= !program_end(&programs[i], nothing_is_said, &said) && said;
	}
}

static bool nothing_to_do(void)
{
	return settled && !emit_changed();
}

bool ninja_pending(void)
{
	return !nothing_to_do();
}

static void run_whole(const struct composition *composition, const char *file, const char *target, const char *jobs)
{
	struct run run;

	if (nothing_to_do())
		return;
	run = run_start(composition, file, target, jobs);
	if (!run_end(composition, &run))
		fatal("building %s failed; see above", target);
}

void ninja_run(const struct composition *composition, const char *file, const char *target)
{
	run_whole(composition, file, target, NULL);
}

void ninja_run_beside(const struct composition *composition, const char *file, const char *target)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	run_whole(composition, file, target, str_format("-j%ld", processors > 1 ? processors - 1 : 1));
}

static void line_drop(void *context, char *line)
{
	(void)context;
	(void)line;
}

/* at exit: ends ninja runs, so that nothing works on in the build folder after ukgen has ended */
static void beside_end(void)
{
	if (beside.program.process)
		program_end(&beside.program, line_drop, NULL);
}

void ninja_begin(const struct composition *composition, const char *file, const char *target)
{
	if (nothing_to_do())
		return;
	beside = run_start(composition, file, target, NULL);
	atexit(beside_end);
}

void ninja_end(const struct composition *composition)
{
	struct run run = beside;

	beside = (struct run){0};
	if (run.program.process && !run_end(composition, &run))
		fatal("building %s failed; see above", run.target);
}
