/* SPDX-License-Identifier: ISC */
/* tools.h -- the tools that builds made for Solo5 call, which are ukgen under other names */
#ifndef TOOLS_H
#define TOOLS_H

#include <stdbool.h>

/* true for ARCH-solo5-none-static-TOOL */
bool tools_have(const char *program);

/* Runs the tool that program names; root is the folder of what ukgen brings. The exit status, if it returns. */
int tools_run(const char *program, const char *root, int count, char **words);

#endif
