/* SPDX-License-Identifier: ISC */
/* cross_tools.h -- the tools that builds made for Solo5 call, which are ukgen under other names */
#ifndef CROSS_TOOLS_H
#define CROSS_TOOLS_H

#include <stdbool.h>

/* true for ARCH-solo5-none-static-TOOL */
bool cross_tools_have(const char *program);

/* Runs the tool that program names; root is the folder of what ukgen brings. The exit status, if it returns. */
int cross_tools_run(const char *program, const char *root, int count, char **words);

#endif
