/* SPDX-License-Identifier: ISC */
/*
 * rebuild.c -- makes a monitor round the guest of an appliance
 *
 * The build is a process of its own, since errors end it: this one continues, and
 * removes the folder. A signal that ends ukgen ends both.
 */
#include "command/rebuild.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/process.h"
#include "base/strings.h"
#include "base/text.h"
#include "command/monitor.h"
#include "command/rebuild_check.h"
#include "compose/calls.h"
#include "compose/needs.h"
#include "compose/paths.h"
#include "compose/record.h"
#include "compose/selection.h"
#include "compose/start.h"
#include "emit/emitters.h"
#include "input/object.h"

/* gives the guest's hypercalls the numbers that it was made with */
static void calls_take(struct composition *composition)
{
	const struct recorded *recorded = composition->recorded;
	struct position where = {.file = recorded->path};
	struct object guest = {0};

	for (size_t i = 0; i < recorded->call_count; i++)
		strings_add(&guest.undefined, str_format("%s_%s", recorded->calls[i].doorbell ? "doorbell" : "hypercall",
							 recorded->calls[i].name));
	calls_number(composition, &guest);
	for (size_t i = 0; i < recorded->call_count; i++) {
		const struct call *call = call_find(composition, guest.undefined.items[i]);

		if (!call || strcmp(call->module->name, recorded->calls[i].module))
			error_at(where, "its guest makes the hypercall \"%s\" of module \"%s\", which this monitor would not have; "
				 "accepted is a guest made for the modules of this ukgen", recorded->calls[i].name, recorded->calls[i].module);
		else if (call->number != recorded->calls[i].number)
			error_at(where, "its guest makes the hypercall \"%s\" as number %u, which is %u here; "
				 "accepted is a guest made for this ukgen", recorded->calls[i].name, recorded->calls[i].number, call->number);
	}
	errors_exit();
}

static void build(const struct request *request, const struct recorded *recorded)
{
	struct composition *composition = composition_start_recorded(request, recorded);
	struct needs *needs = mem_zalloc(sizeof(*needs));

	*needs = (struct needs){recorded->needs, recorded->need_count};
	folder_make(build_path(composition, "gen"));
	record_check(composition);
	modules_select(composition, needs);
	rebuild_check(composition);
	emit_links(composition);
	monitor_emit(composition);
	rebuild_check_interface(composition);
	calls_take(composition);
	syscalls_drop_unused(composition);
	monitor_begin(composition);
	monitor_finish(composition, recorded->guest);
}

static pid_t building;

static void build_stop(int signal)
{
	/* it leads a group of its own, with the compilers in it */
	kill(-building, signal);
}

static const int stops[] = {SIGHUP, SIGINT, SIGTERM};

static int entry_remove(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status, (void)type, (void)where;
	return remove(path);
}

/* the file stays open until this process ends, wherever its name goes */
static const char *file_keep(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);

	return file < 0 ? NULL : str_format("/proc/self/fd/%d", file);
}

/* its exit status; ends this process, too, after a signal that ended it */
static int build_wait(const char *folder, const char **kept)
{
	int status = process_wait(building);

	if (*kept)
		*kept = file_keep(*kept);
	nftw(folder, entry_remove, 16, FTW_DEPTH | FTW_PHYS);
	for (size_t i = 0; i < ARRAY_SIZE(stops); i++) {
		signal(stops[i], SIG_DFL);
		if (status == 128 + stops[i])
			raise(stops[i]);
	}
	return status;
}

const char *rebuild(struct request *request, const struct recorded *recorded)
{
	const char *parent = getenv("TMPDIR");
	char *folder = path_join(parent && *parent ? parent : "/tmp", "ukgen-rebuild.XXXXXX");
	const char *kept = NULL;
	sigset_t blocked, before;

	request->architecture = recorded->architecture;
	request->host = recorded->host;
	request->architecture_word = str_format("%s, whose guest was made for %s", recorded->path, recorded->architecture);
	request->host_word = str_format("%s, whose guest was made for the host %s", recorded->path, recorded->host);
	if (!mkdtemp(folder))
		fatal("%s: make a folder there:", path_folder(folder));
	request->build = folder;
	if (!request->appliance)
		request->appliance = kept = path_join(folder, "again");
	/* the tools' environment, and so the bill of materials, have the date that they had */
	setenv("SOURCE_DATE_EPOCH", recorded->date, 1);
	fflush(NULL);
	sigemptyset(&blocked);
	for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
		sigaddset(&blocked, stops[i]);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	building = fork();
	if (building < 0)
		fatal("fork:");
	if (!building) {
		setpgid(0, 0);
		sigprocmask(SIG_SETMASK, &before, NULL);
		build(request, recorded);
		exit(0);
	}
	setpgid(building, building);
	for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
		signal(stops[i], build_stop);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (build_wait(folder, &kept))
		return NULL;
	return kept ? kept : request->appliance;
}

const char *option_value(const char *command, int count, char **words, int *at)
{
	if (*at + 1 == count)
		fatal("%s needs a value; ukgen %s --help shows the options", words[*at], command);
	return words[++*at];
}

bool rebuild_option(struct request *request, const char *command, int count, char **words, int *at)
{
	const char *word = words[*at];

	if (!strcmp(word, "--modules"))
		strings_add(&request->module_folders, option_value(command, count, words, at));
	else if (!strcmp(word, "--libraries"))
		strings_add(&request->library_folders, option_value(command, count, words, at));
	else if (!strcmp(word, "-v"))
		request->verbose = true;
	else
		return false;
	return true;
}
