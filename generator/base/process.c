/* SPDX-License-Identifier: ISC */
/* process.c -- programs that the generator runs */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"

int process_wait(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			fatal("wait for a program:");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

FILE *program_start(const char *const *words, pid_t *child)
{
	posix_spawn_file_actions_t actions;
	int ends[2];
	FILE *said;

	if (pipe2(ends, O_CLOEXEC) || posix_spawn_file_actions_init(&actions) ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO))
		fatal("run %s:", words[0]);
	errno = posix_spawnp(child, words[0], &actions, NULL, (char **)words, environ);
	if (errno)
		fatal("run %s:", words[0]);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	said = fdopen(ends[0], "r");
	if (!said)
		fatal("run %s:", words[0]);
	return said;
}

char *program_says(const char *const *words)
{
	char *line = NULL;
	size_t size = 0;
	pid_t child;
	FILE *said = program_start(words, &child);
	ssize_t length = getline(&line, &size, said);

	fclose(said);
	if (process_wait(child) || length < 2)
		fatal("%s %s: failed", words[0], words[1]);
	line[strcspn(line, "\n")] = 0;
	return line;
}
