/* SPDX-License-Identifier: ISC */
/* monitor.c -- makes the monitor of a composition, and packs it with the guest */
#include "command/monitor.h"

#include "base/strings.h"
#include "base/text.h"
#include "command/appliance_write.h"
#include "command/handlers.h"
#include "compose/ninja.h"
#include "compose/paths.h"
#include "emit/emitters.h"

void monitor_emit(struct composition *composition)
{
	struct module *core = composition->selected.items[0];

	/* the core's half is whole folders */
	strings_add(&core->host_sources, emit_core(composition));
	emit_abi(composition);
	emit_config(composition);
	emit_handlers(composition);
	emit_hooks(composition);
	emit_generated(composition);
	emit_core_ninja(composition);
	emit_build_ninja(composition);
}

void monitor_begin(const struct composition *composition)
{
	ninja_begin(composition, "core.ninja", "core");
}

void monitor_finish(const struct composition *composition, const struct guest *guest)
{
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
		ninja_begin(composition, "build.ninja", str_format("%s.monitor.elf", composition->manifest->name));
		emit_package(composition, guest);
		ninja_end(composition);
	}
	ninja_run(composition, "build.ninja", packed_name(composition));
	appliance_write(composition);
}
