/* SPDX-License-Identifier: ISC */
/* toolchain.h -- finds the compiler and the C library for an architecture */
#ifndef TOOLCHAIN_H
#define TOOLCHAIN_H

#include <stdbool.h>

#include "base/strings.h"
#include "target/architecture.h"

struct toolchain {
	const char *prefix;     /* of gcc, ld and objcopy: "" for native ones */
	const char *includes;   /* folder of musl's headers */
	const char *headers;    /* folder of the compiler's own: stddef.h, stdint.h, intrinsics */
	struct strings linux_headers;   /* folders asm, asm-generic, linux, as far as they are here */
	const char *library;    /* folder of musl's libc.a */
	const char *cache;      /* folder where compiled sources are kept, or NULL */
};

/* this machine's architecture; fatal if appliances can't be made for it */
const struct architecture *architecture_native(void);

/* root is the folder of ukgen's own files; fatal if something is missing */
void toolchain_find(struct toolchain *toolchain, const struct architecture *architecture, const char *root);

/* the path of a tool without its prefix: "ld" */
const char *toolchain_program(const struct toolchain *toolchain, const char *tool);

/* Debian's package that has a tool: its own name, or "binutils" */
const char *toolchain_package(const struct toolchain *toolchain, const char *package);

/* folders of the headers that g++ brings, in their order */
struct strings toolchain_cxx_headers(const struct toolchain *toolchain);

/* the path of the compiler's libgcc.a */
const char *toolchain_libgcc(const struct toolchain *toolchain);

/* "12.2.0" */
const char *toolchain_compiler_version(const struct toolchain *toolchain);

#endif
