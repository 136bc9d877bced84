/* SPDX-License-Identifier: ISC */
/*
 * emit.h -- files that are replaced whole, and only if they change
 *
 * Write to stream, then call emit_close. It replaces path only if the content
 * differs, so that nothing is rebuilt needlessly, and atomically, so that no
 * incomplete file is left.
 */
#ifndef EMIT_H
#define EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct emit {
	FILE *stream;
	const char *path;
	char *text;
	size_t length;
};

void emit_open(struct emit *emit, const char *path);
bool emit_close(struct emit *emit);                      /* true if the file changed */
bool emit_changed(void);                                 /* true once any file has changed */

#endif
