/* SPDX-License-Identifier: ISC */
/* ninja.c -- runs of ninja in the build folder, one after another or one beside them */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "composition.h"

struct run {
	pid_t process;          /* 0: none */
	int output;
	const char *target;
};

static struct run beside;

static struct run run_start(const struct composition *composition, const char *file, const char *target)
{
	const char *words[] = {
		"ninja", "-C", composition->build, "-f", file, composition->verbose ? "-v" : "--quiet", target, NULL,
	};
	posix_spawn_file_actions_t actions;
	struct run run = {.target = target};
	int error, ends[2];

	if (pipe2(ends, O_CLOEXEC) || posix_spawn_file_actions_init(&actions) ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO))
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

/* passes on what ninja says, but for its remark that there was nothing to do */
static void output_forward(int file)
{
	FILE *lines = fdopen(file, "r");
	char *line = NULL;
	size_t size = 0;

	if (!lines)
		fatal("read from ninja:");
	while (getline(&line, &size, lines) > 0)
		if (strcmp(line, "ninja: no work to do.\n"))
			fputs(line, stderr);
	free(line);
	fclose(lines);
}

static bool run_end(const struct run *run)
{
	output_forward(run->output);
	return !process_wait(run->process);
}

void ninja_run(const struct composition *composition, const char *file, const char *target)
{
	struct run run = run_start(composition, file, target);

	if (!run_end(&run))
		fatal("building %s failed; see above", target);
}

/* nothing of ours works on in the build folder after ukgen has ended, in whatever way */
static void beside_end(void)
{
	if (beside.process)
		run_end(&beside);
}

void ninja_begin(const struct composition *composition, const char *file, const char *target)
{
	beside = run_start(composition, file, target);
	atexit(beside_end);
}

void ninja_end(void)
{
	struct run run = beside;

	beside = (struct run){0};
	if (run.process && !run_end(&run))
		fatal("building %s failed; see above", run.target);
}
