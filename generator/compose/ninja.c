/* SPDX-License-Identifier: ISC */
/* ninja.c -- runs of ninja in the build folder, one after another or one beside them */
#include "compose/ninja.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/process.h"
#include "base/text.h"
#include "compose/paths.h"

struct run {
	pid_t process;          /* 0: none */
	int output;
	const char *target;
};

static struct run beside;
static bool settled;
static const char dry[] = "-n";         /* the option with which ninja only says what it would do */

/* without a target, for all that the file describes; jobs is an option, or NULL */
static struct run run_start(const struct composition *composition, const char *mode, const char *file, const char *target,
			    const char *jobs)
{
	const char *words[] = {"ninja", "-C", composition->build, "-f", file, mode, target, jobs, NULL};
	posix_spawn_file_actions_t actions;
	struct run run = {.target = target};
	int error, ends[2];

	if (pipe2(ends, O_CLOEXEC) || posix_spawn_file_actions_init(&actions) ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) ||
	    (mode == dry && posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)))
		fatal("run ninja:");
	error = posix_spawnp(&run.process, "ninja", &actions, NULL, (char **)words, environ);
	if (error) {
		errno = error;
		fatal("run ninja (Debian package ninja-build):");
	}
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	run.output = ends[0];
	return run;
}

/* passes on what ninja says, unless it only says what it would do; true if that is nothing */
static bool output_read(int file, bool forward)
{
	FILE *lines = fdopen(file, "r");
	bool nothing = false;
	char *line = NULL;
	size_t size = 0;

	if (!lines)
		fatal("read from ninja:");
	while (getline(&line, &size, lines) > 0)
		if (!strcmp(line, "ninja: no work to do.\n"))
			nothing = true;
		else if (forward)
			fputs(line, stderr);
	free(line);
	fclose(lines);
	return nothing;
}

static bool run_end(const struct run *run)
{
	output_read(run->output, true);
	return !process_wait(run->process);
}

void ninja_settle(const struct composition *composition)
{
	static const char *const files[] = {"app.ninja", "guest.ninja", "core.ninja", "build.ninja"};
	struct run runs[ARRAY_SIZE(files)];

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (!path_exists(build_path(composition, files[i])))
			return;
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		runs[i] = run_start(composition, dry, files[i], NULL, NULL);
	settled = true;
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		settled &= output_read(runs[i].output, false);
		settled &= !process_wait(runs[i].process);
	}
}

static bool nothing_to_do(void)
{
	return settled && !emit_changed();
}

static const char *mode_of(const struct composition *composition)
{
	return composition->verbose ? "-v" : "--quiet";
}

static void run_whole(const struct composition *composition, const char *file, const char *target, const char *jobs)
{
	struct run run;

	if (nothing_to_do())
		return;
	run = run_start(composition, mode_of(composition), file, target, jobs);
	if (!run_end(&run))
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

/* nothing of ours works on in the build folder after ukgen has ended, in whatever way */
static void beside_end(void)
{
	if (beside.process)
		run_end(&beside);
}

void ninja_begin(const struct composition *composition, const char *file, const char *target)
{
	if (nothing_to_do())
		return;
	beside = run_start(composition, mode_of(composition), file, target, NULL);
	atexit(beside_end);
}

void ninja_end(void)
{
	struct run run = beside;

	beside = (struct run){0};
	if (run.process && !run_end(&run))
		fatal("building %s failed; see above", run.target);
}
