/* SPDX-License-Identifier: ISC */
/* toolchain.h -- the compiler and the C library that this machine has for an architecture */
#ifndef TOOLCHAIN_H
#define TOOLCHAIN_H

#include <stdbool.h>

#include "target/architecture.h"

struct toolchain {
	const char *prefix;     /* of gcc, ld and objcopy: "" for this machine's own */
	const char *includes;   /* folder of musl's headers */
	const char *library;    /* folder of musl's libc.a */
	const char *cache;      /* folder where compiled sources are kept, or NULL */
};

/* the architecture of the machine that this runs on; fatal if appliances can't be made for it */
const struct architecture *architecture_native(void);

/* root is the folder of what ukgen brings; fatal if something is missing */
void toolchain_find(struct toolchain *toolchain, const struct architecture *architecture, const char *root);

/* the path of a tool without its prefix: "ld" */
const char *toolchain_program(const struct toolchain *toolchain, const char *tool);

/* the path of the compiler's libgcc.a */
const char *toolchain_libgcc(const struct toolchain *toolchain);

#endif
