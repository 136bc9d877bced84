/* SPDX-License-Identifier: ISC */
/* compose.c -- ukgen APP.manifest: makes an appliance, step by step */
#include "command/compose.h"

#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "command/application.h"
#include "command/monitor.h"
#include "command/request.h"
#include "compose/calls.h"
#include "compose/compile_commands.h"
#include "compose/inputs.h"
#include "compose/library_calls.h"
#include "compose/needs.h"
#include "compose/ninja.h"
#include "compose/paths.h"
#include "compose/selection.h"
#include "compose/start.h"
#include "compose/symbols.h"
#include "emit/emitters.h"
#include "input/guest_elf.h"
#include "input/object.h"

void compose(const struct request *request)
{
	struct composition *composition = composition_start(request);
	struct object linked = {0};
	const char *guest_path = build_path(composition, str_format("%s.guest.elf", composition->manifest->name));
	struct needs *needs;

	inputs_find(composition, request);
	application_build(composition);
	needs = needs_find(composition);
	modules_select(composition, needs);
	library_calls_report(composition);

	monitor_emit(composition);
	/* the core's half is whole folders, as the monitor's */
	strings_add(&composition->selected.items[0]->guest_sources, emit_guest(composition));
	emit_calls_header(composition);
	emit_devices(composition);
	if (composition_has_files(composition))
		emit_files(composition);
	if (composition_has_mounts(composition))
		emit_mounts(composition);
	emit_guest_ninja(composition);
	monitor_begin(composition);
	ninja_run_beside(composition, "guest.ninja", "guest.o");

	object_read(&linked, build_path(composition, "guest.o"), composition->architecture);
	calls_number(composition, &linked);
	symbols_check(composition, &linked);
	syscalls_drop_unused(composition);
	emit_calls_source(composition);
	ninja_run_beside(composition, "guest.ninja", path_base(guest_path));

	monitor_finish(composition, guest_read(guest_path, composition->host->image_address, linked.landing_pads));
	compile_commands_write(composition);
}

static int run(int count, char **words)
{
	struct request request = request_parse(&command_compose, count, words);

	compose(&request);
	return 0;
}

const struct command command_compose = {
	.usage =
		"usage: ukgen [OPTION]... APP.manifest [OBJECT|ARCHIVE|SOURCE.c ...]\n"
		"       ukgen COMMAND ...\n"
		"\n"
		"Makes an appliance: a monitor with just the modules that the application needs, and the application, in one file.\n"
		"\n"
		REQUEST_OPTIONS
		"  --help, --version\n",
	.run = run,
};
