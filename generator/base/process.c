/* SPDX-License-Identifier: ISC */
/* process.c -- programs that the generator runs */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/environment.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/text.h"

int process_wait(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			fatal("wait for a program:");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* what words[0] writes to the descriptors of actions goes to the program's output */
static struct program start(const char *const *words, posix_spawn_file_actions_t *actions, const int ends[2],
			    char **environment, const char *package)
{
	struct program program = {.name = words[0], .output = ends[0]};

	errno = posix_spawnp(&program.process, words[0], actions, NULL, (char **)words, environment);
	if (errno && package)
		fatal("run %s (Debian package %s):", words[0], package);
	if (errno)
		fatal("run %s:", words[0]);
	posix_spawn_file_actions_destroy(actions);
	close(ends[1]);
	return program;
}

static struct program start_quiet(const char *const *words, bool both, char **environment, const char *package)
{
	posix_spawn_file_actions_t actions;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) || posix_spawn_file_actions_init(&actions) ||
	    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) ||
	    (both && posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)))
		fatal("run %s:", words[0]);
	return start(words, &actions, ends, environment, package);
}

struct program program_start(const char *const *words, bool both, const char *package)
{
	return start_quiet(words, both, environment_of_tools(), package);
}

struct program program_start_as_is(const char *const *words)
{
	posix_spawn_file_actions_t actions;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) || posix_spawn_file_actions_init(&actions) ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO))
		fatal("run %s:", words[0]);
	return start(words, &actions, ends, environ, NULL);
}

int program_end(const struct program *program, void (*line)(void *context, char *line), void *context)
{
	FILE *lines = fdopen(program->output, "r");
	char *text = NULL;
	size_t size = 0;

	if (!lines)
		fatal("read from %s:", program->name);
	while (getline(&text, &size, lines) > 0) {
		text[strcspn(text, "\n")] = 0;
		line(context, text);
	}
	free(text);
	fclose(lines);
	return process_wait(program->process);
}

void program_line_forward(void *context, char *line)
{
	(void)context;
	fprintf(stderr, "%s\n", printable(line));
}

static void line_keep_first(void *context, char *line)
{
	char **first = context;

	if (!*first)
		*first = str_copy(line, strlen(line));
}

char *program_says(const char *const *words)
{
	struct program program = start_quiet(words, false, environment_untranslated(), NULL);
	char *first = NULL;

	if (program_end(&program, line_keep_first, &first) || !first || !*first)
		fatal("%s %s: failed", words[0], words[1]);
	return first;
}

const char *program_find(const char *program)
{
	const char *path = getenv("PATH");
	char *folders = path ? str_copy(path, strlen(path)) : NULL, *folder;

	while (folders && (folder = strsep(&folders, ":"))) {
		const char *found = path_absolute(path_join(*folder ? folder : ".", program));

		if (!access(found, X_OK))
			return found;
	}
	return NULL;
}
