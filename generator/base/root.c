/* SPDX-License-Identifier: ISC */
/* root.c -- finds the folder of ukgen's own files: core/, guest/, modules/, templates/ */
#include "base/root.h"

#include <limits.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/path.h"

char *root_find(void)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	char *folder, *installed;

	if (length < 0)
		fatal("find ukgen's own files through /proc/self/exe:");
	program[length] = 0;
	folder = path_folder(path_folder(program));
	installed = path_join(folder, "lib/ukgen");
	return path_exists(installed) ? installed : folder;
}
