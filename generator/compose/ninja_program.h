/* SPDX-License-Identifier: ISC */
/* ninja_program.h -- starts ninja on one of the build files */
#ifndef NINJA_PROGRAM_H
#define NINJA_PROGRAM_H

#include "base/process.h"
#include "base/strings.h"
#include "compose/composition.h"

/* the build files; each has its own log */
enum { NINJA_FILES = 4 };
extern const char *const ninja_files[NINJA_FILES];

/* runs ninja with words after those that name folder and file */
struct program ninja_start(const struct composition *composition, const char *file, const struct strings *more);

/* runs ninja with one option, and its argument or NULL, as a query; program_end reads the output */
struct program ninja_ask(const struct composition *composition, const char *file, const char *option, const char *argument);

#endif
