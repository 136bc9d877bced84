/* SPDX-License-Identifier: ISC */
/*
 * kconfig_path.c -- paths that Kconfig cannot spell: it takes '$' for a variable, and nothing escapes it
 *
 * The whole path is such a variable then, which kconfig-conf finds in its environment.
 */
#include <string.h>

#include "base/text.h"
#include "input/kconfig_parts.h"

static struct strings variables;        /* "NAME=PATH" */

static const char prefix[] = "UKGEN_PATH_";

const char *kconfig_path_variable(const char *path)
{
	const char *name = str_format("%s%zu", prefix, variables.count);

	strings_add(&variables, str_format("%s=%s", name, path));
	return name;
}

const char *kconfig_path_meant(const char *source)
{
	for (size_t i = 0; i < variables.count; i++) {
		const char *path = strchr(variables.items[i], '=');

		if (*source == '$' && strlen(source + 1) == (size_t)(path - variables.items[i]) &&
		    str_starts(variables.items[i], source + 1))
			return path + 1;
	}
	return source;
}

const struct strings *kconfig_path_variables(void)
{
	return &variables;
}
