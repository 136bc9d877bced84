/* SPDX-License-Identifier: ISC */
/* environment.c -- the environment of compilers, linkers and ninja */
#include "base/environment.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/strings.h"
#include "base/text.h"

/* by how they begin */
static const char *const kept[] = {
	"ASAN_OPTIONS=", "HOME=", "LANG=", "LANGUAGE=", "LC_", "LD_LIBRARY_PATH=", "LD_PRELOAD=", "LOGNAME=",
	"PATH=", "TERM=", "TMPDIR=", "USER=",
};

const char *environment_date(void)
{
	const char *date = getenv("SOURCE_DATE_EPOCH");

	if (date && (!*date || date[strspn(date, "0123456789")] || strlen(date) > 12))
		fatal("SOURCE_DATE_EPOCH is \"%s\" in the environment; accepted is a number of seconds", date);
	return date ? date : "0";
}

char **environment_untranslated(void)
{
	static struct strings list;

	if (list.count)
		return (char **)list.items;
	for (char **variable = environment_of_tools(); *variable; variable++)
		if (!str_starts(*variable, "LANG") && !str_starts(*variable, "LC_"))
			strings_add(&list, *variable);
	strings_add(&list, "LC_ALL=C");
	strings_add(&list, NULL);
	return (char **)list.items;
}

char **environment_of_tools(void)
{
	static struct strings list;

	if (list.count)
		return (char **)list.items;
	for (char **variable = environ; *variable; variable++)
		for (size_t i = 0; i < ARRAY_SIZE(kept); i++)
			if (str_starts(*variable, kept[i]))
				strings_add(&list, *variable);
	strings_add(&list, str_format("SOURCE_DATE_EPOCH=%s", environment_date()));
	strings_add(&list, NULL);
	return (char **)list.items;
}
