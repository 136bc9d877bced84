/* SPDX-License-Identifier: ISC */
/*
 * library.h -- guest libraries: sources that an application gets by naming them in its manifest
 *
 * A library is a folder NAME with a description, NAME.lib, read line by line
 * as a .mod file is; '#' starts a comment. Each line is one statement:
 *
 *   tree    NAME                 another project's sources, which `./configure --deps` fetches to build/deps/NAME
 *   source  [tree] FILE...       compiled for the guest; with "tree", files of that project
 *   include [tree] FOLDER...     where its #include lines, and the application's, look; "." is the library's folder
 *   cflags  OPTION...            compiler options for its own sources
 *   needs   LIBRARY...           libraries that come with it
 */
#ifndef LIBRARY_H
#define LIBRARY_H

#include "base/diag.h"
#include "base/strings.h"

struct library {
	const char *name;               /* the folder's: a C identifier in lower case */
	const char *folder;             /* absolute */
	const char *path;               /* of the .lib file */
	const char *tree_name;          /* NULL: all sources are its own */
	const char *tree;               /* absolute; NULL: it is not there */
	struct strings sources;         /* absolute */
	struct strings includes;        /* absolute */
	struct strings cflags;
	struct strings needs;
	struct position *needs_where;   /* one a name in needs */
	size_t needs_where_count;
};

struct libraries {
	struct library **items;
	size_t count;
};

/*
 * Finds the libraries that a manifest names, and those that they need, each
 * once, below root and in further folders. Reports every error that it can
 * find; the caller calls errors_exit.
 */
void libraries_find(struct libraries *libraries, const char *root, const struct strings *folders,
		    const struct strings *names, const char *manifest);

#endif
