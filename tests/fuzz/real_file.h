/* SPDX-License-Identifier: ISC */
/* real_file.h -- an input as a file with a name, in a folder of its own */
#ifndef REAL_FILE_H
#define REAL_FILE_H

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* folders below a temporary one, of at most three names, and the file in them; the same file at each call */
static const char *real_file(const char *folders, const char *name, const uint8_t *data, size_t size)
{
	static char path[4096];
	static int file = -1;

	if (file < 0) {
		const char *place = getenv("TMPDIR");
		int length = snprintf(path, sizeof(path), "%s/ukgen-fuzz.XXXXXX", place ? place : "/tmp");

		if (length >= (int)sizeof(path) - 200 || !mkdtemp(path))
			abort();
		for (const char *c = folders; ; c++) {
			if (*c && *c != '/') {
				if (c == folders || c[-1] == '/')
					path[length++] = '/';
				path[length++] = *c;
				continue;
			}
			path[length] = 0;
			if (mkdir(path, 0700))
				abort();
			if (!*c)
				break;
		}
		snprintf(path + length, sizeof(path) - (size_t)length, "/%s", name);
		file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	}
	if (file < 0 || ftruncate(file, 0) || pwrite(file, data, size, 0) != (ssize_t)size)
		abort();
	return path;
}

#endif
