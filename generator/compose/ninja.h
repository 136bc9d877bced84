/* SPDX-License-Identifier: ISC */
/* ninja.h -- runs of ninja in the build folder */
#ifndef NINJA_H
#define NINJA_H

#include "compose/composition.h"

/*
 * Asks ninja whether the build files of an earlier run leave anything to do. If
 * not, the runs below are left out, until a file is emitted that was not there
 * or had another content.
 */
void ninja_settle(const struct composition *composition);

/* runs ninja for one target of a build file in BUILDDIR; exits with status 1 if it fails */
void ninja_run(const struct composition *composition, const char *file, const char *target);

/* the same without waiting for it, for a build file that no other run uses meanwhile; ninja_end waits */
void ninja_begin(const struct composition *composition, const char *file, const char *target);
/* ninja_run that leaves a processor to the one that was begun */
void ninja_run_beside(const struct composition *composition, const char *file, const char *target);
void ninja_end(const struct composition *composition);

#endif
