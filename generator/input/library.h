/* SPDX-License-Identifier: ISC */
/*
 * library.h -- guest libraries: sources that an application gets by naming them in its manifest
 *
 * A library is a folder NAME with a description, NAME.lib, read line by line
 * as a .mod file is; '#' starts a comment. Each line is one statement:
 *
 *   tree    NAME                 another project's sources, which `./configure --deps` fetches to build/deps/NAME
 *   licence EXPRESSION           the tree's, as SPDX writes it: "BSD-3-Clause", "Apache-2.0 OR GPL-2.0-or-later"
 *   source  [tree] FILE... [if SYMBOL]   compiled for the guest; with "tree", files of that project; with "if", where this
 *                                Kconfig symbol is y
 *   include [PLACE] FOLDER...    searched for headers by it and the application; "." is the library's folder. Those of
 *                                libraries that it needs come later
 *   archive [PLACE] FILE...      archives for the guest, which links the members that it uses
 *   cflags  OPTION...            compiler options for its own sources
 *   application [cxx] OPTION...  compiler options for the application's sources; with "cxx", for those in C++
 *   needs   LIBRARY...           libraries that it requires
 *   start   FUNCTION             called before the application's constructors: void FUNCTION(struct solo5_start_info *);
 *                                it may shrink the heap there
 *   entry   FUNCTION             the function that an application may define in place of solo5_app_main, which the
 *                                library then defines
 *   mounts  TYPE FUNCTION        devices of this type can be in the manifest's "mounts"; FUNCTION is linked in if one is
 *   named   TEXT FUNCTION        FUNCTION, to which the library refers weakly, is linked in if the application, its
 *                                "environment" or one of its "files" contains TEXT
 *   calls   PREFIX               functions with this prefix are the library's system calls; those that nothing
 *                                defines return -ENOSYS and are reported when the appliance is made
 *
 * A file Kconfig beside it declares what can be chosen. What was, is in NAME_config.h, which the library's
 * files and the application's can include: CONFIG_SYMBOL is a bool's 0 or 1, or the value. This is known before
 * anything is compiled, so these symbols may depend on those of libraries alone.
 *
 * PLACE is "tree", that project's folder; "built", what ninja makes of it for the
 * appliance's architecture in build/NAME/ARCHITECTURE; or "arch", the folder of that
 * architecture in the library's own folder.
 */
#ifndef LIBRARY_H
#define LIBRARY_H

#include "base/diag.h"
#include "base/strings.h"

/* if SYMBOL */
struct library_condition {
	const char *symbol;
	struct position where;
	size_t first, end;              /* the sources that it is for: from first on, before end */
};

/* named TEXT FUNCTION */
struct library_name {
	const char *text, *function;
};

struct library {
	const char *name;               /* the folder's: a C identifier in lower case */
	const char *folder;             /* absolute */
	const char *path;               /* of the .lib file */
	const char *kconfig;            /* absolute; NULL: it has none */
	const char *tree_name;          /* NULL: all sources are its own */
	const char *tree;               /* absolute; NULL: it is not there */
	const char *licence;            /* of the tree; NULL: none is named */
	const char *built;              /* absolute; NULL: nothing was built */
	const char *start, *entry, *calls;      /* NULL: none */
	const char *mount_type, *mount;         /* NULL: it mounts nothing */
	struct library_name *names;
	size_t name_count;
	struct strings sources;         /* absolute */
	struct library_condition *conditions;   /* of sources, in their order */
	size_t condition_count;
	struct strings includes;        /* absolute */
	struct strings archives;        /* absolute */
	struct strings cflags, application_cflags, application_cxxflags;
	struct strings needs;
	struct position *needs_where;   /* one per name in needs */
	size_t needs_where_count;
};

struct libraries {
	struct library **items;         /* each behind those that it needs */
	size_t count;
};

struct architecture;

/*
 * Finds the libraries that a manifest names, and those that they need, each
 * once, below root and in further folders. Reports every error that it can
 * find; the caller calls errors_exit.
 */
void libraries_find(struct libraries *libraries, const char *root, const struct architecture *architecture,
		    const struct strings *folders, const struct strings *names, const char *manifest);

/*
 * Only name and folder of each library, in the order given: what there is to choose in their Kconfig files,
 * when what they compile is in an appliance already. Reports those that are nowhere; the caller calls errors_exit.
 */
void libraries_locate(struct libraries *libraries, const char *root, const struct strings *folders, const struct strings *names,
		      const char *appliance);

/* Drops the sources whose symbol is not set. */
void library_configure(struct library *library, bool (*is_set)(void *context, const char *symbol), void *context);

#endif
