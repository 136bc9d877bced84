/* SPDX-License-Identifier: ISC */
/* gdb.h -- starts an appliance and gdb, with the guest's symbols, in one command */
#ifndef GDB_H
#define GDB_H

/* words: [-B BUILDDIR] APPLIANCE [ARGUMENT...]; root is the folder of what ukgen brings. Returns gdb's exit status. */
int gdb_run(const char *root, int count, char **words);

#endif
