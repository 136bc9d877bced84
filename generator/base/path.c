/* SPDX-License-Identifier: ISC */
/* path.c -- names of files and folders */
#include "base/path.h"

#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/text.h"

char *path_join(const char *folder, const char *name)
{
	if (name[0] == '/' || !strcmp(folder, "."))
		return str_copy(name, strlen(name));
	return str_format("%s/%s", folder, name);
}

char *path_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return str_copy(".", 1);
	return str_copy(path, slash == path ? 1 : (size_t)(slash - path));
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	if (strncmp(path, folder, length) || path[length] != '/')
		return NULL;
	path += length + 1;
	return str_starts(path, "../") || strstr(path, "/../") ? NULL : path;
}

char *path_absolute(const char *path)
{
	char *folder;

	if (path[0] == '/')
		return str_copy(path, strlen(path));
	folder = getcwd(NULL, 0);
	if (!folder)
		fatal("current folder:");
	return strcmp(path, ".") ? str_format("%s/%s", folder, path) : folder;
}

char *path_pattern(const char *folder, const char *pattern)
{
	char *escaped = mem_zalloc(2 * strlen(folder) + strlen(pattern) + 2), *at = escaped;

	for (; *folder; folder++) {
		if (strchr("*?[]\\", *folder))
			*at++ = '\\';
		*at++ = *folder;
	}
	*at++ = '/';
	strcpy(at, pattern);
	return escaped;
}

bool path_exists(const char *path)
{
	return access(path, F_OK) == 0;
}
