/* SPDX-License-Identifier: ISC */
/* needs.c -- which modules and hypercalls an application needs */
#include "compose/needs.h"

#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/symbols.h"

static void need_add(struct needs *needs, const struct module *module, const char *cause)
{
	const char *symbol = str_upper(module->name);

	for (size_t i = 0; i < needs->count; i++)
		if (!strcmp(needs->items[i].symbol, symbol))
			return;
	*LIST_ADD(needs->items, needs->count) = (struct need){symbol, cause};
}

static void warn_of_unused_devices(const struct composition *composition)
{
	for (size_t i = 0; i < composition->manifest->device_count; i++) {
		const struct device *device = &composition->manifest->devices[i];
		const struct module *module = device->module;
		bool used = false;

		for (size_t s = 0; s < composition->app.undefined.count && !used; s++)
			used = strings_contain(&module->api, composition->app.undefined.items[s]);
		if (!used)
			warning_at(device->where, "device \"%s\" is never used: nothing calls a function of module \"%s\"",
				   device->name, module->name);
	}
}

static void warn_of_unused_environment(const struct manifest *manifest, const struct object *app)
{
	if (manifest->environment.count && !strings_contain(&app->undefined, "uk_environment"))
		warning_at(manifest->environment_where, "\"environment\" is never used: nothing calls uk_environment");
}

static void warn_of_unused_files(const struct composition *composition)
{
	if (composition->manifest->files.count && !composition_has_files(composition))
		warning_at(composition->manifest->files_where, "\"files\" is never used: nothing opens a file");
}

struct needs *needs_find(const struct composition *composition)
{
	const struct object *app = &composition->app;
	const struct manifest *manifest = composition->manifest;
	struct needs *needs = mem_zalloc(sizeof(*needs));

	for (size_t i = 0; i < manifest->device_count; i++)
		need_add(needs, manifest->devices[i].module,
			 str_format("device \"%s\"", manifest->devices[i].name));
	for (size_t i = 0; i < app->undefined.count; i++) {
		const char *symbol = app->undefined.items[i];
		const struct module *module = symbol_module(&composition->available, symbol);
		const char *user;

		if (!module)
			continue;
		user = symbol_user(composition, symbol);
		if (module->device_type && !module->device_count)
			error_at((struct position){.file = manifest->path},
				 "%s uses %s, but there is no device of type %s; add {\"name\": \"...\", \"type\": \"%s\"} to \"devices\"",
				 user, symbol, module->device_type, module->device_type);
		need_add(needs, module, str_format("%s uses %s", user, symbol));
	}
	errors_exit();
	warn_of_unused_devices(composition);
	warn_of_unused_environment(manifest, app);
	warn_of_unused_files(composition);
	return needs;
}
