/* SPDX-License-Identifier: ISC */
/* request.h -- what a command line asks for */
#ifndef COMPOSE_REQUEST_H
#define COMPOSE_REQUEST_H

#include <stdbool.h>

#include "base/strings.h"

struct request {
	const char *manifest;
	const char *object;             /* a linked object with the manifest in its note; `manifest` is then its name in messages */
	const char *appliance;          /* -o; NULL: BUILDDIR/NAME */
	const char *choices;            /* a file of Kconfig choices; NULL: NAME.config beside the manifest, if it is there */
	const char *build;              /* -B; NULL: ukgen-build beside the manifest */
	const char *architecture;       /* --arch; NULL: the manifest's choice, or this machine's own */
	const char *host;               /* --host; NULL: the manifest's choice, or KVM */
	const char *architecture_word;  /* how messages name the option that chose it; NULL: --arch=ARCH */
	const char *host_word;          /* how messages name the option that chose the host; NULL: --host=HOST */
	struct strings module_folders;  /* --modules */
	struct strings library_folders; /* --libraries */
	struct strings inputs;          /* sources, objects, archives */
	const char *root;               /* of core/, guest/, modules/, templates/ */
	bool verbose;
	bool brief;                     /* BUILDDIR goes when ukgen ends: nothing is written there for people */
};

#endif
