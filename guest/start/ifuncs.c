/* SPDX-License-Identifier: ISC */
/*
 * ifuncs.c -- runs the resolvers of indirect functions (ifunc, target_clones) before any constructor
 *
 * Linked only if the application has such functions. The linker leaves one
 * relocation for each: the address of a pointer, and of the resolver that
 * returns its value.
 */
#include "guest.h"

struct ifunc_relocation {       /* Elf64_Rela of type IRELATIVE */
	uintptr_t pointer;
	uint64_t type;
	uintptr_t resolver;
};

/* from the linker script */
extern const struct ifunc_relocation ifuncs_start[], ifuncs_end[];

static void ifuncs_resolve(void)
{
	for (const struct ifunc_relocation *ifunc = ifuncs_start; ifunc != ifuncs_end; ifunc++) {
		/* on AArch64 the argument is AT_HWCAP: none, which selects the baseline version */
		uintptr_t (*resolver)(uint64_t capabilities) = (uintptr_t (*)(uint64_t))ifunc->resolver;

		*(uintptr_t *)ifunc->pointer = resolver(0);
	}
}

__attribute__((section(".preinit_array.2"), used)) static void (*const resolve)(void) = ifuncs_resolve;
