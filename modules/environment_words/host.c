/* SPDX-License-Identifier: ISC */
/* environment_words/host.c -- merges the manifest's environment with the command line's, which takes precedence */
#include "core.h"

#include <string.h>

enum { SETTINGS_MAX = 256 };

static const char *settings[SETTINGS_MAX];
static unsigned count;

static bool has_name_of(const char *setting, const char *other)
{
	size_t length = strcspn(other, "=");

	return !strncmp(setting, other, length) && setting[length] == '=';
}

/* the last value given for a name counts */
void option_env(unsigned device, const char *value)
{
	unsigned i = 0;

	(void)device;
	if (!strchr(value, '=') || *value == '=')
		fail("--env=%s: not a setting; accepted is NAME=VALUE", value);
	while (i < count && !has_name_of(settings[i], value))
		i++;
	if (i == SETTINGS_MAX)
		fail("--env=%s: more than %d settings", value, SETTINGS_MAX);
	settings[i] = value;
	if (i == count)
		count++;
}

static bool is_given(const char *setting)
{
	for (unsigned i = 0; i < count; i++)
		if (has_name_of(settings[i], setting))
			return true;
	return false;
}

/* the command line's come first, then those of the manifest's that it doesn't replace */
void environment_words_setup(void)
{
	for (const char *const *setting = manifest_environment; *setting; setting++)
		if (!is_given(*setting)) {
			if (count == SETTINGS_MAX)
				fail("--env: more than %d settings with those of the manifest", SETTINGS_MAX);
			settings[count++] = *setting;
		}
	boot_info()->environment_words.words = words_place("environment", settings, count);
}
