/* SPDX-License-Identifier: ISC */
/* cache.c -- shares compiled sources between appliances */
#include "target/cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/process.h"
#include "base/text.h"

static const char *folder_chosen(void)
{
	const char *chosen = getenv("UKGEN_CACHE"), *caches = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (chosen && *chosen)
		return strcmp(chosen, "none") ? path_absolute(chosen) : NULL;
	if (caches && *caches == '/')
		return path_join(caches, "ukgen");
	return home && *home == '/' ? path_join(home, ".cache/ukgen") : NULL;
}

/* creates an absolute folder with its parents */
static bool folder_usable(const char *path)
{
	char *partial = str_copy(path, strlen(path));

	for (char *slash = partial; (slash = strchr(slash + 1, '/')); *slash = '/') {
		*slash = 0;
		if (mkdir(partial, 0777) && errno != EEXIST)
			return false;
	}
	return (!mkdir(path, 0777) || errno == EEXIST) && !access(path, W_OK | X_OK);
}

const char *cache_folder(void)
{
	const char *folder = folder_chosen();

	return folder && program_find("ccache") && folder_usable(folder) ? folder : NULL;
}
