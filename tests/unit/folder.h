/* SPDX-License-Identifier: ISC */
/* folder.h -- a temporary folder for tests; include it after cmocka.h, once per program */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "base/text.h"

static char *folder;

static inline int folder_setup(void **state)
{
	(void)state;
	folder = str_format("%s/ukgen-test-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

static inline int folder_teardown(void **state)
{
	(void)state;
	return system(str_format("rm -rf '%s'", folder));
}

/* writes a file of the folder, in subfolders if its name has some; its path */
static inline char *file_write(const char *name, const char *text)
{
	char *path = path_join(folder, name);
	FILE *file;

	folder_make(path_folder(path));
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return path;
}

#endif
