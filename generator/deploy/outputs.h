/* SPDX-License-Identifier: ISC */
/* outputs.h -- several files that are written together: all, or none if one is there already */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include <stddef.h>
#include <stdio.h>

struct output {
	const char *name;
	FILE *stream;
	char *text;
	size_t length;
};

struct outputs {
	struct output **items;
	size_t count;
};

/* where a file's text is written to */
FILE *outputs_add(struct outputs *outputs, const char *name);

/* writes them to the folder, which is made if need be, and prints the names; fatal if one is there */
void outputs_write(const struct outputs *outputs, const char *folder);

#endif
