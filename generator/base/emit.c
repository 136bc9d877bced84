/* SPDX-License-Identifier: ISC */
/* emit.c -- files that are replaced whole, and only if they change */
#include "base/emit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"

static bool changed;

void emit_open(struct emit *emit, const char *path)
{
	*emit = (struct emit){.path = path};
	emit->stream = open_memstream(&emit->text, &emit->length);
	if (!emit->stream)
		fatal("out of memory");
}

bool emit_close(struct emit *emit)
{
	size_t length;
	char *old, *temporary;
	FILE *file;

	if (fclose(emit->stream))
		fatal("out of memory");
	old = file_read(emit->path, &length);
	if (old && length == emit->length && !memcmp(old, emit->text, length)) {
		free(old);
		free(emit->text);
		return false;
	}
	free(old);
	changed = true;

	temporary = str_format("%s.new", emit->path);
	file = fopen(temporary, "we");
	if (!file)
		fatal("write %s:", temporary);
	if (fwrite(emit->text, 1, emit->length, file) != emit->length || fflush(file)) {
		int error = errno;

		unlink(temporary);
		errno = error;
		fatal("write %s:", emit->path);
	}
	fclose(file);
	if (rename(temporary, emit->path))
		fatal("rename %s:", temporary);
	free(emit->text);
	return true;
}

bool emit_changed(void)
{
	return changed;
}
