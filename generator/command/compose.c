/* SPDX-License-Identifier: ISC */
/* compose.c -- ukgen APP.manifest: makes an appliance, step by step */
#include "command/compose.h"

#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "command/appliance_write.h"
#include "command/application.h"
#include "command/handlers.h"
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
	struct module *core;
	struct guest *guest;

	inputs_find(composition, request);
	application_build(composition);
	needs = needs_find(composition);
	modules_select(composition, needs);
	library_calls_report(composition);

	/* the core's halves are whole folders */
	core = composition->selected.items[0];
	strings_add(&core->host_sources, emit_core(composition));
	strings_add(&core->guest_sources, emit_guest(composition));
	emit_abi(composition);
	emit_config(composition);
	emit_handlers(composition);
	emit_hooks(composition);
	emit_calls_header(composition);
	emit_devices(composition);
	emit_generated(composition);
	if (composition_has_files(composition))
		emit_files(composition);
	if (composition_has_mounts(composition))
		emit_mounts(composition);
	emit_guest_ninja(composition);
	emit_core_ninja(composition);
	emit_build_ninja(composition);
	/* takes longest, and needs nothing of what follows */
	ninja_begin(composition, "core.ninja", "core");
	ninja_run_beside(composition, "guest.ninja", "guest.o");

	object_read(&linked, build_path(composition, "guest.o"), composition->architecture);
	calls_number(composition, &linked);
	symbols_check(composition, &linked);
	syscalls_drop_unused(composition);
	emit_calls_source(composition);
	ninja_run_beside(composition, "guest.ninja", path_base(guest_path));

	guest = guest_read(guest_path, linked.landing_pads);
	emit_image(composition, guest);
	emit_shared(composition, guest);
	emit_dispatch(composition);
	emit_tables(composition);
	emit_filter(composition);
	ninja_run(composition, "build.ninja", "handlers");
	ninja_end(composition);
	handlers_check(composition);
	emit_description(composition, guest);
	if (ninja_pending()) {
		ninja_run(composition, "build.ninja", str_format("%s.monitor.elf", composition->manifest->name));
		emit_package(composition, guest);
	}
	ninja_run(composition, "build.ninja", packed_name(composition));
	appliance_write(composition);
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
