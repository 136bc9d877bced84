/* SPDX-License-Identifier: ISC */
/* file.c -- files read whole, and folders made */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/text.h"

char *file_read(const char *path, size_t *length)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t size = 0, used = 0;

	if (!file)
		return NULL;
	for (;;) {
		if (used + 1 >= size) {
			size = size ? size * 2 : 4096;
			text = realloc(text, size);
			if (!text)
				fatal("out of memory");
		}
		size_t got = fread(text + used, 1, size - used - 1, file);

		used += got;
		if (!got)
			break;
	}
	if (ferror(file)) {
		int error = errno;

		fclose(file);
		free(text);
		errno = error;
		return NULL;
	}
	fclose(file);
	text[used] = 0;
	if (length)
		*length = used;
	return text;
}

void folder_make(const char *path)
{
	char *partial = str_copy(path, strlen(path));

	for (char *slash = partial + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = 0;
		if (mkdir(partial, 0777) && errno != EEXIST)
			fatal("create folder %s:", partial);
		*slash = '/';
	}
	if (mkdir(path, 0777) && errno != EEXIST)
		fatal("create folder %s:", path);
	free(partial);
}
