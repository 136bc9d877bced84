/* SPDX-License-Identifier: ISC */
/*
 * rebuild_check.c -- does a guest that was compiled elsewhere fit the monitor that is made here?
 *
 * What its half was compiled with must be the same: the interface, the modules'
 * guest sources, and the values of symbols that these use. Anything else may differ.
 */
#include "command/rebuild_check.h"

#include <string.h>

#include "base/diag.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/interface.h"
#include "input/recorded.h"

/* the names of a module's sources in the guest, as the appliance has them */
static const struct strings *sources_recorded(const struct recorded *recorded, const char *module)
{
	static const struct strings none;

	for (size_t i = 0; i < recorded->module_count; i++)
		if (!strcmp(recorded->modules[i].name, module))
			return &recorded->modules[i].sources;
	return &none;
}

static bool sources_are(const struct strings *recorded, const struct strings *here)
{
	bool same = recorded->count == here->count;

	for (size_t i = 0; same && i < here->count; i++)
		same = strings_contain(recorded, path_base(here->items[i]));
	return same;
}

static bool module_is_selected(const struct composition *composition, const char *name)
{
	for (size_t m = 1; m < composition->selected.count; m++)
		if (!strcmp(composition->selected.items[m]->name, name))
			return true;
	return false;
}

/* each module's guest half is in the guest, or not, whatever is chosen here */
static void sources_check(const struct composition *composition)
{
	const struct recorded *recorded = composition->recorded;
	struct position where = {.file = recorded->path};

	for (size_t m = 1; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];

		const struct strings *made = sources_recorded(recorded, module->name);

		if (!made->count && module->guest_sources.count)
			error_at(where, "its guest was made without the guest half of module \"%s\", which this configuration has; "
				 "build it from its sources, or leave the module off", module->name);
		else if (!sources_are(made, &module->guest_sources))
			error_at(where, "its guest was made with another guest half of module \"%s\" than this configuration has; "
				 "build it from its sources, or choose what it was made with", module->name);
	}
	for (size_t i = 0; i < recorded->module_count; i++)
		if (recorded->modules[i].sources.count && !module_is_selected(composition, recorded->modules[i].name))
			error_at(where, "its guest was made with the guest half of module \"%s\", which this configuration does not have; "
				 "build it from its sources without, or leave the module on", recorded->modules[i].name);
}

static const char *setting_value(const struct recorded *recorded, const char *symbol)
{
	for (size_t i = 0; i < recorded->setting_count; i++)
		if (!strcmp(recorded->settings[i].symbol, symbol))
			return recorded->settings[i].value;
	return "n";
}

static void values_check(const struct composition *composition)
{
	const struct recorded *recorded = composition->recorded;

	for (size_t i = 0; i < recorded->guest_symbols.count; i++) {
		const char *symbol = recorded->guest_symbols.items[i], *made = setting_value(recorded, symbol);
		const char *here = config_value(composition->config, symbol);

		if (strcmp(made, here ? here : "n"))
			error_at((struct position){.file = recorded->path}, "its guest was compiled with %s=%s, and here it would be %s; "
				 "build it from its sources, or leave %s out", symbol, made, here ? here : "n", symbol);
	}
}

/* choices could have named another host or processor than the one that this monitor is for */
static void target_check(const struct composition *composition)
{
	const struct recorded *recorded = composition->recorded;

	if (!config_is_set((void *)composition->config, composition->host->symbol) ||
	    !config_is_set((void *)composition->config, str_upper(composition->architecture->name)))
		error_at((struct position){.file = recorded->path}, "its guest was made for the host %s on %s, and no configuration "
			 "changes that; build it from its sources", recorded->host, recorded->architecture);
}

static void names_check(const struct composition *composition)
{
	if (config_is_set((void *)composition->config, "SYMBOLS") && !composition->recorded->guest->function_count)
		error_at((struct position){.file = composition->recorded->path}, "it has no names of functions, so SYMBOLS can't be on; "
			 "build it from its sources, or leave SYMBOLS off");
}

void rebuild_check(const struct composition *composition)
{
	target_check(composition);
	sources_check(composition);
	values_check(composition);
	names_check(composition);
	errors_exit();
}

void rebuild_check_interface(const struct composition *composition)
{
	const char *here = interface_digest(composition);

	if (strcmp(here, composition->recorded->interface))
		error_at((struct position){.file = composition->recorded->path}, "its guest was made for another interface between guest "
			 "and monitor: \"%.16s\", and here it is \"%.16s\"; build it from its sources with this ukgen, "
			 "or use the ukgen and the modules that it was made with", composition->recorded->interface, here);
	errors_exit();
}
