/* SPDX-License-Identifier: ISC */
/* kconfig_program.c -- runs kconfig-conf and kconfig-mconf */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/process.h"
#include "base/strings.h"
#include "base/text.h"
#include "input/kconfig_parts.h"

/* the environment without variables that make these programs read, write or print something else */
static char **environment(const char *config_path)
{
	static const char *const ours[] = {"KCONFIG_", "CONFIG_=", "srctree=", "MENUCONFIG_MODE=", "UKGEN_PATH_"};
	struct strings list = {0};

	for (char **variable = environ; *variable; variable++) {
		bool drop = false;

		for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
			drop |= str_starts(*variable, ours[i]);
		if (!drop)
			strings_add(&list, *variable);
	}
	strings_add(&list, str_format("KCONFIG_CONFIG=%s", config_path));
	for (size_t i = 0; i < kconfig_path_variables()->count; i++)
		strings_add(&list, kconfig_path_variables()->items[i]);
	/* writes in place: the file is private, and this leaves no .old beside it */
	strings_add(&list, "KCONFIG_OVERWRITECONFIG=1");
	strings_add(&list, NULL);
	return (char **)list.items;
}

static char *read_all(int fd)
{
	char buffer[4096], *text;
	size_t size;
	FILE *file = open_memstream(&text, &size);
	ssize_t got;

	if (!file)
		fatal("out of memory");
	while ((got = read(fd, buffer, sizeof(buffer))) > 0 || (got < 0 && errno == EINTR))
		if (got > 0)
			fwrite(buffer, 1, (size_t)got, file);
	if (fclose(file))
		fatal("out of memory");
	return text;
}

int kconfig_program(const char *const *arguments, const char *config_path, char **output)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
	sigset_t keys;
	int ends[2], error, status;
	pid_t child;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	sigemptyset(&keys);
	sigaddset(&keys, SIGINT);
	sigaddset(&keys, SIGQUIT);
	if (output) {
		if (pipe2(ends, O_CLOEXEC))
			fatal("pipe:");
		posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
		posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
		posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
	} else {
		/* on a terminal only the menu gets ^C, and asks whether to save */
		sigaction(SIGINT, &ignore, &interrupt);
		sigaction(SIGQUIT, &ignore, &quit);
		posix_spawnattr_setsigdefault(&attributes, &keys);
		posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	}
	error = posix_spawnp(&child, arguments[0], &actions, &attributes, (char *const *)arguments,
			     environment(config_path));
	if (error == ENOENT)
		fatal("%s is not installed; it comes with Debian's package kconfig-frontends-nox", arguments[0]);
	errno = error;
	if (error)
		fatal("run %s:", arguments[0]);
	if (output) {
		close(ends[1]);
		*output = read_all(ends[0]);
		close(ends[0]);
	}
	status = process_wait(child);
	if (!output) {
		sigaction(SIGINT, &interrupt, NULL);
		sigaction(SIGQUIT, &quit, NULL);
	}
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return status;
}

char *kconfig_fill(const char *kconfig_path, const char *config_path)
{
	const char *const arguments[] = {"kconfig-conf", "--olddefconfig", kconfig_path, NULL};
	char *output;
	int status = kconfig_program(arguments, config_path, &output);

	if (!status)
		return output;
	unlink(config_path);
	for (char *line = strtok(str_copy(output, strlen(output)), "\n"); line; line = strtok(NULL, "\n"))
		fprintf(stderr, "ukgen: kconfig-conf: %s\n", printable(line));
	fatal("kconfig-conf ended with status %d; accepted are Kconfig files that it can read", status);
}
