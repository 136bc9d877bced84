/* SPDX-License-Identifier: ISC */
/* appliance_write.c -- the last step: the packed file gets its build id, and becomes the appliance */
#include "command/appliance_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "compose/paths.h"
#include "input/package.h"

/* true if the file there is the packed one, with an id */
static bool is_written(const char *path, const uint8_t *packed, size_t size, size_t offset)
{
	const size_t behind = offset + BUILD_ID_SIZE;
	struct stat status;
	size_t length = 0;
	uint8_t *file, id[BUILD_ID_SIZE];
	bool same;

	if (stat(path, &status) || (size_t)status.st_size != size || (status.st_mode & 0111) == 0)
		return false;
	file = (uint8_t *)file_read(path, &length);
	same = file && length == size && !memcmp(file, packed, offset) && !memcmp(file + behind, packed + behind, size - behind);
	if (same) {
		build_id_compute(packed, size, offset, id);
		same = !memcmp(file + offset, id, sizeof(id));
	}
	free(file);
	return same;
}

/* with the permissions that a linker gives a program */
static void program_write(const char *path, const uint8_t *bytes, size_t size)
{
	const char *temporary = str_format("%s.new", path);
	FILE *file = fopen(temporary, "we");
	mode_t mask = umask(0);

	umask(mask);
	if (!file)
		fatal("write %s:", path);
	if (fwrite(bytes, 1, size, file) != size || fflush(file) || fchmod(fileno(file), 0777 & ~mask)) {
		int error = errno;

		unlink(temporary);
		errno = error;
		fatal("write %s:", path);
	}
	fclose(file);
	if (rename(temporary, path))
		fatal("rename %s:", temporary);
}

void appliance_write(const struct composition *composition)
{
	const char *path = build_path(composition, packed_name(composition));
	size_t size, offset;
	uint8_t *packed = (uint8_t *)file_read(path, &size);

	if (!packed || !build_id_find(packed, size, &offset))
		fatal("read %s:", path);
	if (!is_written(composition->appliance, packed, size, offset)) {
		build_id_compute(packed, size, offset, packed + offset);
		program_write(composition->appliance, packed, size);
	}
	free(packed);
}
