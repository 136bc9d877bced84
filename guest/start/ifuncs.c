/* SPDX-License-Identifier: ISC */
/*
 * ifuncs.c -- chooses, before any constructor runs, the functions that resolvers choose (ifunc, target_clones)
 *
 * Only in guests whose application has such functions. The linker left one
 * relocation for each: the address of a pointer, and of the resolver that
 * says what it points to.
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
		/* on AArch64 the argument is AT_HWCAP: none, so that what every processor has is chosen */
		uintptr_t (*resolver)(uint64_t capabilities) = (uintptr_t (*)(uint64_t))ifunc->resolver;

		*(uintptr_t *)ifunc->pointer = resolver(0);
	}
}

__attribute__((section(".preinit_array.2"), used)) static void (*const resolve)(void) = ifuncs_resolve;
