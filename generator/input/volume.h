/* SPDX-License-Identifier: ISC */
/* volume.h -- images of block devices with files: volumes of the C library, read and made here by its own sources */
#ifndef INPUT_VOLUME_H
#define INPUT_VOLUME_H

#include "volume/store.h"

struct packed_file;

/*
 * Reads the tree of an image; fatal if there is none. *damaged: something that
 * was written last is lost. Names and links may hold anything but '/' and zero bytes.
 */
struct store *volume_open(const char *path, bool *damaged);

/* Makes an image with all of a tree in it, as a new file, or on a block device; fatal if that can't be. */
void volume_make(const char *path, uint64_t size, const struct packed_file *root);

#endif
