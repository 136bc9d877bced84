/* SPDX-License-Identifier: ISC */
/*
 * record.h -- what a build folder was built from, by content
 *
 * ninja goes by times, and a file that takes another's place may be older than
 * what was built. BUILDDIR/built-from lists, for each file that is built from
 * something outside of BUILDDIR, all of that: its hash, and what the file system
 * said of it, so that a file is read again only when that changed. The tools, and
 * SOURCE_DATE_EPOCH, are in there too. It is not there while something is being
 * built: after a run that was killed, all is built again.
 */
#ifndef RECORD_H
#define RECORD_H

#include "compose/composition.h"

/* Removes what was built from something else than is there now; before ninja is first asked. */
void record_check(const struct composition *composition);

/* Before ninja builds something: the record is written again when ukgen ends, in whatever way but by a signal. */
void record_open(const struct composition *composition);

#endif
