/* SPDX-License-Identifier: ISC */
/* selection.c -- the modules that Kconfig chooses for an appliance */
#include "compose/selection.h"

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/libraries.h"
#include "input/module_configure.h"
#include "input/module_threads.h"

struct kconfig kconfig_of(const struct composition *composition, const struct needs *needs)
{
	/* the core, which comes first, is always there and has no Kconfig file */
	struct modules *choices = mem_zalloc(sizeof(*choices));

	*choices = (struct modules){composition->available.items + 1, composition->available.count - 1};
	return (struct kconfig){
		.manifest = composition->manifest,
		.architecture = composition->architecture,
		.host = composition->host,
		.modules = choices,
		.libraries = &composition->libraries,
		.kconfig_top = path_join(composition->root, "Kconfig"),
		.build_folder = composition->build,
		.needs = needs->items,
		.need_count = needs->count,
	};
}

/* a misspelt symbol is never set, so its lines would silently be left out */
static void conditions_check(const struct module *module, const struct config *config)
{
	for (size_t i = 0; i < module->condition_count; i++) {
		const struct condition *condition = &module->conditions[i];
		const char *nearest = str_nearest(condition->symbol, &config->declared);

		if (strings_contain(&config->declared, condition->symbol))
			continue;
		if (nearest)
			error_at(condition->where, "no Kconfig file declares \"%s\"; did you mean \"%s\"?",
				 condition->symbol, nearest);
		else
			error_at(condition->where, "no Kconfig file declares \"%s\"; declare it in %s, or spell it as there",
				 condition->symbol, path_join(path_folder(module->path), "Kconfig"));
	}
}

void modules_select(struct composition *composition, const struct needs *needs)
{
	struct kconfig kconfig = kconfig_of(composition, needs);
	struct config *config = kconfig_run(&kconfig);

	composition->needs = needs;
	composition->config = config;
	libraries_check(composition);
	for (size_t i = 0; i < composition->available.count; i++) {
		struct module *module = composition->available.items[i];

		if (i && !config_is_set(config, str_upper(module->name)))
			continue;
		conditions_check(module, config);
		module_configure(module, config_is_set, config);
		if (module->device_type && !module->device_count)
			error_at((struct position){.file = composition->manifest->path},
				 "module \"%s\" is chosen, but there is no device of type %s; add one to \"devices\" or leave %s off",
				 module->name, module->device_type, str_upper(module->name));
		*LIST_ADD(composition->selected.items, composition->selected.count) = module;
	}
	errors_exit();
	modules_apply_threads(&composition->selected);
}
