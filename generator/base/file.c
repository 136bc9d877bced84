/* SPDX-License-Identifier: ISC */
/* file.c -- files read whole, folders made, and the clock of file systems */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/text.h"

char *descriptor_read(int descriptor, size_t limit, size_t *length)
{
	char *text = NULL;
	size_t size = 0, used = 0;
	ssize_t got;

	do {
		if (used + 1 >= size) {
			size = size ? size * 2 : 4096;
			text = realloc(text, size);
			if (!text)
				fatal("out of memory");
		}
		got = read(descriptor, text + used, size - used - 1);
		if (got > 0)
			used += (size_t)got;
	} while ((got > 0 && used <= limit) || (got < 0 && errno == EINTR));
	if (got < 0) {
		free(text);
		return NULL;
	}
	if (used > limit)
		used = limit + 1;
	text[used] = 0;
	if (length)
		*length = used;
	return text;
}

char *file_read(const char *path, size_t *length)
{
	int file = open(path, O_RDONLY | O_CLOEXEC), error;
	char *text;

	if (file < 0)
		return NULL;
	text = descriptor_read(file, SIZE_MAX - 1, length);
	error = errno;
	close(file);
	errno = error;
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

/*
 * No clock that programs can read is this one: since Linux 6.13 the times of files
 * are sometimes finer than CLOCK_REALTIME_COARSE, and never as fine as CLOCK_REALTIME.
 */
struct timespec folder_now(const char *path)
{
	char *name = str_format("%s/now-XXXXXX", path);
	int file = mkostemp(name, O_CLOEXEC);
	struct stat status;

	if (file < 0 || fstat(file, &status))
		fatal("create %s:", name);
	close(file);
	unlink(name);
	free(name);
	return status.st_ctim;
}
