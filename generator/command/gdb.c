/* SPDX-License-Identifier: ISC */
/*
 * gdb.c -- ukgen gdb: starts an appliance and gdb, with the guest's symbols, in one command
 *
 * They communicate through a socket in a private folder, so that standard output
 * remains the console. The appliance has a process group of its own: gdb gets
 * Ctrl-C and passes it on.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/process.h"
#include "base/root.h"
#include "base/strings.h"
#include "base/text.h"
#include "command/command.h"
#include "command/guest_file.h"
#include "input/appliance.h"
#include "target/architecture.h"
#include "target/toolchain.h"

struct session {
	const char *given, *appliance;  /* its path, as the user wrote it and from the root */
	char **arguments;               /* its own, NULL at the end */
	const char *guest;              /* NAME.guest.elf */
	const char *folder, *socket;
	bool foreign;                   /* made for another processor than this machine's */
};

static bool has_module(const json_t *description, const char *name)
{
	json_t *wanted = json_string(name);
	size_t i;
	json_t *module;

	json_array_foreach(json_object_get(description, "modules"), i, module)
		if (json_equal(json_object_get(module, "name"), wanted))
			return true;
	return false;
}

/* the name of an appliance that has the module gdb; the name is untrusted */
static const char *name_find(const char *appliance, bool *foreign)
{
	json_t *description = json_loads(appliance_description("gdb", appliance), 0, NULL);
	const char *name = json_string_value(json_object_get(description, "name"));
	bool valid = name && *name && !strchr(name, '/');
	const char *architecture;

	for (const char *c = name; valid && *c; c++)
		valid = isprint((unsigned char)*c);
	if (!valid)
		fatal("%s: its description is damaged", appliance);
	if (!has_module(description, "gdb"))
		fatal("%s: is made without gdb; add \"GDB\": true to \"config\" in its manifest", appliance);
	architecture = json_string_value(json_object_get(description, "architecture"));
	*foreign = architecture && strcmp(architecture, architecture_native()->title);
	return name;
}

static void folder_make_private(struct session *session)
{
	const char *parent = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
	char *folder = path_join(parent, "ukgen-gdb.XXXXXX");

	if (!mkdtemp(folder))
		fatal("%s: make a folder there:", parent);
	session->folder = folder;
	session->socket = path_join(folder, "socket");
}

static void folder_remove(const struct session *session)
{
	unlink(session->socket);
	rmdir(session->folder);
}

static pid_t appliance_start(const struct session *session)
{
	struct strings words = {0};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	pid_t child;
	int error;

	strings_add(&words, session->appliance);
	strings_add(&words, str_format("--gdb=unix:%s", session->socket));
	for (char **word = session->arguments; *word; word++)
		strings_add(&words, *word);
	strings_add(&words, NULL);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	error = posix_spawn(&child, session->appliance, &actions, &attributes, (char **)words.items, environ);
	if (error) {
		folder_remove(session);
		if (error == ENOEXEC && session->foreign)
			fatal("%s: is made for another processor than this machine's; run it there with --gdb, and here "
			      "gdb-multiarch %s", session->given, session->guest);
		errno = error;
		fatal("run %s:", session->appliance);
	}
	return child;
}

/* waits until it listens; false if it ended before, after printing the reason */
static bool appliance_wait(const struct session *session, pid_t child)
{
	while (!path_exists(session->socket)) {
		if (waitpid(child, NULL, WNOHANG) == child)
			return false;
		usleep(5000);
	}
	return true;
}

/* Debian's gdb only knows this machine's architecture, gdb-multiarch all. */
static pid_t gdb_start(const struct session *session)
{
	/* sources were compiled with these names for their folders: emit/ninja.c */
	const char *build = path_absolute(path_folder(session->guest));
	const char *const programs[] = {session->foreign ? "gdb-multiarch" : "gdb", session->foreign ? "gdb" : "gdb-multiarch"};
	const char *words[] = {
		programs[0], "-q", session->guest,
		"-iex", str_format("directory %s", build),
		"-iex", str_format("set substitute-path ukgen %s", root_find()),
		"-iex", str_format("set substitute-path app %s", path_folder(build)),
		"-ex", str_format("target remote %s", session->socket), NULL,
	};
	pid_t child = -1;

	if (posix_spawnp(&child, programs[0], NULL, NULL, (char **)words, environ) == ENOENT)
		posix_spawnp(&child, programs[1], NULL, NULL, (char **)words, environ);
	return child;
}

static pid_t running;

static void appliance_stop(int signal)
{
	(void)signal;
	kill(running, SIGTERM);
}

/* words: [-B BUILDDIR] APPLIANCE [ARGUMENT...]; returns gdb's exit status */
static int run(int count, char **words)
{
	struct session session = {0};
	const char *build = NULL;
	pid_t debugger;
	int status;

	if (count > 1 && !strcmp(words[0], "-B")) {
		build = words[1];
		words += 2;
		count -= 2;
	}
	if (!count || words[0][0] == '-')
		fatal("gdb takes an appliance; use ukgen gdb [-B BUILDDIR] APPLIANCE [ARGUMENT ...]");
	session.given = words[0];
	session.appliance = path_absolute(words[0]);
	session.arguments = words + 1;
	session.guest = guest_file_find("gdb", build, words[0], name_find(words[0], &session.foreign));
	folder_make_private(&session);
	running = appliance_start(&session);
	if (!appliance_wait(&session, running)) {
		folder_remove(&session);
		return 1;
	}
	debugger = gdb_start(&session);
	/* from here on only gdb gets Ctrl-C; it was started with the original signal dispositions */
	signal(SIGINT, SIG_IGN);
	if (debugger < 0)
		kill(running, SIGTERM);
	status = debugger < 0 ? 0 : process_wait(debugger);
	/* gdb may have detached from it */
	signal(SIGINT, appliance_stop);
	process_wait(running);
	folder_remove(&session);
	if (debugger < 0)
		fatal("run gdb (Debian package %s): not found", session.foreign ? "gdb-multiarch" : "gdb");
	return status;
}

const struct command command_gdb = {
	.name = "gdb",
	.summary = "start an appliance and gdb, with the symbols of its guest",
	.usage =
		"usage: ukgen gdb [-B BUILDDIR] APPLIANCE [ARGUMENT ...]\n"
		"\n"
		"Starts an appliance made with \"GDB\": true in \"config\", with these arguments, and gdb, connected to it, with the\n"
		"symbols of its guest.\n"
		"\n"
		"  -B BUILDDIR     the appliance's build folder (the appliance's own, or ukgen-build beside it)\n"
		"  --help          print this\n",
	.run = run,
};
