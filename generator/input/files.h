/* SPDX-License-Identifier: ISC */
/*
 * files.h -- the manifest's "files": folders packed into the guest as one tree
 *
 * Names, of any bytes, are sorted; times are left out and permissions normalised, so
 * that the same content gives the same guest.
 */
#ifndef FILES_H
#define FILES_H

#include <stddef.h>
#include <stdint.h>

#include "input/manifest.h"

struct packed_file {
	const char *name;
	const char *path;               /* on this machine, for messages */
	uint32_t mode;                  /* as stat's st_mode */
	char *bytes;                    /* content, or a link's target; NULL: a folder */
	size_t size;
	struct packed_file *files;      /* a folder's, sorted */
	size_t count;
};

/* Reads all folders of "files" into one root; every mistake in them is an error. */
void files_read(struct packed_file *root, const struct manifest *manifest);

#endif
