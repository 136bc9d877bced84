/* SPDX-License-Identifier: ISC */
/*
 * libraries.c -- what Kconfig chooses for guest libraries
 *
 * Libraries are compiled with the application, and modules are chosen by what this
 * needs. So Kconfig runs once before, in BUILDDIR/gen/libraries, with the libraries' files alone.
 * Choices that are impossible are told when it runs for the whole.
 */
#include "compose/libraries.h"

#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "compose/paths.h"

static bool has_choices(const struct composition *composition)
{
	for (size_t i = 0; i < composition->libraries.count; i++)
		if (composition->libraries.items[i]->kconfig)
			return true;
	return false;
}

static void conditions_check(const struct library *library, const struct strings *declared)
{
	for (size_t i = 0; i < library->condition_count; i++) {
		const struct library_condition *condition = &library->conditions[i];

		if (!strings_contain(declared, condition->symbol))
			error_at(condition->where, "no Kconfig file of a library declares \"%s\"; accepted are symbols that one does",
				 condition->symbol);
	}
}

void libraries_configure(struct composition *composition)
{
	struct strings none = {0};
	const struct strings *declared = &none;

	if (has_choices(composition)) {
		struct kconfig kconfig = {
			.manifest = composition->manifest,
			.architecture = composition->architecture,
			.host = composition->host,
			.modules = &(struct modules){0},
			.libraries = &composition->libraries,
			.build_folder = build_path(composition, "gen/libraries"),
		};

		folder_make(kconfig.build_folder);
		composition->library_config = kconfig_run(&kconfig);
		declared = &composition->library_config->declared;
	}
	for (size_t i = 0; i < composition->libraries.count; i++)
		conditions_check(composition->libraries.items[i], declared);
	errors_exit();
	for (size_t i = 0; i < composition->libraries.count; i++)
		library_configure(composition->libraries.items[i], config_is_set, composition->library_config);
}

static bool is_same(const char *one, const char *other)
{
	return one && other ? !strcmp(one, other) : one == other;
}

void libraries_check(const struct composition *composition)
{
	for (size_t i = 0; composition->library_config && i < composition->libraries.count; i++) {
		const struct library *library = composition->libraries.items[i];
		struct strings symbols = {0};

		if (!library->kconfig)
			continue;
		kconfig_symbols(library->kconfig, &symbols);
		for (size_t s = 0; s < symbols.count; s++)
			if (!is_same(config_value(composition->config, symbols.items[s]),
				     config_value(composition->library_config, symbols.items[s])))
				error_at((struct position){.file = library->path},
					 "\"%s\" depends on modules; accepted in a library's Kconfig file are conditions on symbols of libraries",
					 symbols.items[s]);
	}
	errors_exit();
}
