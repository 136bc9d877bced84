/* SPDX-License-Identifier: ISC */
/* compile_commands.h -- BUILDDIR/compile_commands.json, by which editors know how each source is compiled */
#ifndef COMPILE_COMMANDS_H
#define COMPILE_COMMANDS_H

#include "compose/composition.h"

/* Writes what the build files that are there say, if it is not there or any file was emitted anew. */
void compile_commands_write(const struct composition *composition);

#endif
