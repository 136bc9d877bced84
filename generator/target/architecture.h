/* SPDX-License-Identifier: ISC */
/* architecture.h -- what the generator needs to know of a processor */
#ifndef ARCHITECTURE_H
#define ARCHITECTURE_H

#include <stddef.h>
#include <stdint.h>

#include "machine/paging.h"

struct architecture {
	const char *name;               /* as in core/NAME/ and --arch=NAME */
	const char *title;              /* as users write it: "x86-64" */
	const char *container_name;     /* as the Go project calls it, and so container images: "amd64" */
	uint16_t elf_machine;           /* EM_... */
	uint32_t seccomp;               /* SCMP_ARCH_... */
	const char *toolchain;          /* prefix of cross tools: gcc, ld and objcopy */
	const char *monitor_flags, *guest_flags;        /* further compiler options */
	const char *monitor_link_flags;
	const struct paging_format *paging;
	uint32_t landing_pads_property, landing_pads_bit;       /* GNU_PROPERTY_... of objects with landing pads; 0 if none */

	/*
	 * Fills in traps and hypercall tables of the low image, and maps what the guest
	 * or its trap stubs need. low is the generator's copy, from guest-physical 0 on.
	 */
	void (*low_fill)(uint8_t *low, unsigned hypercall_count);
	bool (*low_map)(struct page_tables *tables);
};

extern const struct architecture architecture_x86_64, architecture_aarch64;

/* NULL if there is none of that name */
const struct architecture *architecture_find(const char *name);

/* the i-th; NULL after the last */
const struct architecture *architecture_at(size_t i);

/* "x86_64 or aarch64" */
const char *architecture_names(void);

/* the title of an ELF machine: "x86-64", "AArch64"; the number of others */
const char *architecture_of_machine(uint16_t elf_machine);

#endif
