/* SPDX-License-Identifier: ISC */
/*
 * record.h -- records what a build folder was built from, by content
 *
 * ninja compares times, but a file that replaces another may be older than the
 * output. BUILDDIR/built-from lists, for each output built from files outside of
 * BUILDDIR, these files: their hashes, and their state in the file system, so that a
 * file is read again only if that changed. It also lists the tools and
 * SOURCE_DATE_EPOCH. It is absent during a build: after a run that was killed,
 * everything is built again.
 */
#ifndef RECORD_H
#define RECORD_H

#include "compose/composition.h"

/* Removes outputs whose inputs have changed; to be called before ninja first runs. */
void record_check(const struct composition *composition);

/* To be called before ninja builds something: the record is written when ukgen exits, unless a signal kills it. */
void record_open(const struct composition *composition);

/* a file that something was compiled from */
struct record_file {
	const char *path;       /* absolute */
	const char *hash;       /* SHA-256 in hexadecimal digits; "?": its content can't be told */
};

/*
 * Calls visit for each file outside of BUILDDIR that each object was compiled
 * from; when all is compiled. output is the object in BUILDDIR, and may be one
 * that an earlier run left.
 */
void record_files(const struct composition *composition, void (*visit)(void *context, const char *output, const struct record_file *file),
		  void *context);

/* the hash of a file's content, as above */
const char *record_hash(const char *path);

#endif
