/* SPDX-License-Identifier: ISC */
/* cross_tools.h -- ARCH-solo5-none-static-TOOL, the tools of Solo5's builds, which are ukgen under other names */
#ifndef CROSS_TOOLS_H
#define CROSS_TOOLS_H

#include <stdbool.h>

/* true for such a name */
bool cross_tools_have(const char *program);

/* Runs the tool called program; root is the folder of ukgen's own files. Returns the exit status, if at all. */
int cross_tools_run(const char *program, const char *root, int count, char **words);

#endif
