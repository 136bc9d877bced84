/* SPDX-License-Identifier: ISC */
/* compile_commands.h -- BUILDDIR/compile_commands.json, which tells editors how each source is compiled */
#ifndef COMPILE_COMMANDS_H
#define COMPILE_COMMANDS_H

#include "compose/composition.h"

/* Writes it from the existing build files, if it is missing or any emitted file has changed. */
void compile_commands_write(const struct composition *composition);

#endif
