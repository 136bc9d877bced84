/* SPDX-License-Identifier: ISC */
/*
 * origins.h -- where the bytes of an appliance come from: ukgen's folders, libraries, musl, the compiler, the application
 *
 * An origin's digest is the SHA-256 of what sha256sum prints for its files, by
 * names that don't depend on the machine, sorted. Anyone can compute it again.
 */
#ifndef ORIGINS_H
#define ORIGINS_H

#include <stdbool.h>

#include "compose/composition.h"

struct origin_file {
	const char *name;       /* below the origin's folder */
	const char *path;       /* on this machine */
	const char *hash;       /* SHA-256 in hexadecimal digits */
	const char *licence;    /* that it names itself, as an SPDX expression; NULL: none, or not of the application */
};

struct origin {
	const char *name;       /* "core", "modules/net", "lwip", "musl"; the application's is its own name */
	const char *version;    /* NULL: not known */
	const char *licence;    /* SPDX expression; NULL: not known */
	const char *digest;     /* SHA-256 in hexadecimal digits */
	bool ukgen;             /* a folder of ukgen itself */
	bool guest;             /* goes into the guest; else into the monitor */
	bool own;               /* the application's own files */
	struct origin_file *files;
	size_t file_count;
};

struct origins {
	struct origin *items;   /* the monitor's first, then by name */
	size_t count;
};

/* When all is compiled. A file that was read meanwhile and is gone is fatal. */
void origins_find(struct origins *origins, const struct composition *composition);

#endif
