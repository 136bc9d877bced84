/* SPDX-License-Identifier: ISC */
/* compose.h -- makes an appliance from a manifest */
#ifndef COMPOSE_H
#define COMPOSE_H

#include "base/strings.h"

/* the command line */
struct request {
	const char *manifest;
	const char *object;             /* a linked object with the manifest in its note; manifest is what messages call it then */
	const char *appliance;          /* -o; NULL: BUILDDIR/NAME */
	const char *build;              /* -B; NULL: ukgen-build beside the manifest */
	const char *architecture;       /* --arch; NULL: the manifest's choice, or this machine's own */
	struct strings module_folders;  /* --modules */
	struct strings library_folders; /* --libraries */
	struct strings inputs;          /* sources, objects, archives */
	const char *root;               /* of core/, guest/, modules/, templates/ */
	bool verbose;
};

/* exits with status 1 after an error */
void compose(const struct request *request);

/* lets the user choose modules and values for a manifest; the exit status */
int compose_menu(const struct request *request);

#endif
