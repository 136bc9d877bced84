/* SPDX-License-Identifier: ISC */
/*
 * kconfig_menu.c -- lets the user choose in kconfig-mconf
 *
 * The menu works on a copy. What differs from the defaults afterwards goes
 * into NAME.config, except what the manifest says already.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/file.h"
#include "base/path.h"
#include "input/kconfig_parts.h"

static bool asked_by_manifest(const struct manifest *manifest, const char *symbol)
{
	for (size_t i = 0; i < manifest->setting_count; i++)
		if (!strcmp(manifest->settings[i].symbol, symbol))
			return true;
	return false;
}

static void warn_contradictions(const struct manifest *manifest, const struct config *config)
{
	for (size_t i = 0; i < manifest->setting_count; i++) {
		const struct setting *asked = &manifest->settings[i];
		const char *value = config_value(config, asked->symbol);

		if (!value)
			value = "n";
		if (strcmp(value, asked->value))
			warning_at(asked->where, "%s=%s from the menu is not kept, since the manifest asks for %s=%s; "
				   "change it here", asked->symbol, value, asked->symbol, asked->value);
	}
}

/* the choices of config_path that aren't defaults, by kconfig-conf, into NAME.config */
static void choices_keep(const struct kconfig *kconfig, const char *kconfig_path, const char *config_path)
{
	const char *least_path = path_join(kconfig->build_folder, ".config.least");
	const char *const arguments[] = {"kconfig-conf", "--savedefconfig", least_path, kconfig_path, NULL};
	const struct manifest *manifest = kconfig->manifest;
	const char *path = choices_path(manifest);
	char *output, *lines, *line;
	size_t count = 0;
	struct emit emit;

	if (kconfig_program(arguments, config_path, &output))
		fatal("kconfig-conf can't tell the choices from the defaults: %s", output);
	lines = file_read(least_path, NULL);
	if (!lines)
		fatal("read %s:", least_path);
	unlink(least_path);
	emit_open(&emit, path);
	fprintf(emit.stream, "# The choices of %s that differ from the defaults, kept by ukgen menuconfig.\n",
		manifest->name);
	while ((line = strsep(&lines, "\n"))) {
		struct setting setting;

		if (!setting_parse(line, &setting) || asked_by_manifest(manifest, setting.symbol))
			continue;
		setting_print(emit.stream, &setting);
		count++;
	}
	if (!count && !path_exists(path))
		return;         /* nothing to keep */
	emit_close(&emit);
}

int kconfig_menu(const struct kconfig *kconfig)
{
	const char *kconfig_path, *before, *after;
	const char *config_path = path_join(kconfig->build_folder, ".config.menu");
	const char *arguments[] = {"kconfig-mconf", "-s", NULL, NULL};
	struct asked asked = {0};
	int status;

	if (!isatty(0) || !isatty(1))
		fatal("menuconfig needs a terminal as its input and output; without one, write choices into %s",
		      choices_path(kconfig->manifest));
	kconfig_path = kconfig_emit(kconfig);
	asked_read(&asked, kconfig->manifest);
	errors_exit();
	asked_write(&asked, config_path);
	kconfig_fill(kconfig_path, config_path);
	before = file_read(config_path, NULL);
	arguments[2] = kconfig_path;
	status = kconfig_program(arguments, config_path, NULL);
	after = file_read(config_path, NULL);
	if (before && after && strcmp(before, after)) {
		choices_keep(kconfig, kconfig_path, config_path);
		warn_contradictions(kconfig->manifest, config_read(config_path));
	}
	unlink(config_path);
	return status;
}
