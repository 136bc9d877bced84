/* SPDX-License-Identifier: ISC */
/* ninja.h -- runs of ninja in the build folder */
#ifndef NINJA_H
#define NINJA_H

#include "compose/composition.h"

/*
 * Asks ninja whether the build files of an earlier run leave anything to do. If
 * not, the runs below are skipped until an emitted file is new or has changed.
 */
void ninja_settle(const struct composition *composition);

/* false if the runs below are left out */
bool ninja_pending(void);

/* runs ninja for one target of a build file in BUILDDIR; exits with status 1 if it fails */
void ninja_run(const struct composition *composition, const char *file, const char *target);

/* starts such a run in parallel; no other run may use the same build file; ninja_end waits for it */
void ninja_begin(const struct composition *composition, const char *file, const char *target);
/* ninja_run with one job less, beside the one that was started */
void ninja_run_beside(const struct composition *composition, const char *file, const char *target);
void ninja_end(const struct composition *composition);

#endif
