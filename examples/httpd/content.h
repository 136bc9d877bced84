/* SPDX-License-Identifier: ISC */
/*
 * content.h -- the content that the server offers
 *
 * page.c has one built-in page; archive.c has the files of a tar archive on a
 * block device. A manifest names one of them.
 */
#ifndef CONTENT_H
#define CONTENT_H

#include <solo5.h>

struct content {
	const char *type;       /* as in Content-Type */
	uint64_t size;          /* bytes */
	uint64_t offset;        /* archive.c's: where it begins on the device */
};

/* Prepares; NULL, or what is wrong. */
const char *content_start(const struct solo5_start_info *info);

/* Finds what a path ("/", "/a/b.html") stands for. */
bool content_find(const char *path, struct content *content);

/* The bytes from offset on, as many as are at hand at once: *length. They stay until the next call. NULL: the device failed. */
const uint8_t *content_bytes(const struct content *content, uint64_t offset, size_t *length);

#endif
