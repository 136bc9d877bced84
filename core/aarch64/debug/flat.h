/* SPDX-License-Identifier: ISC */
/* flat.h -- the registers of 64-bit ARM in GDB's order, filled in by core/HOST/aarch64/debug/ */
#ifndef FLAT_H
#define FLAT_H

#include <stddef.h>

#include "debug.h"

enum { PSTATE_USER = 0xf1001c00 };      /* NZCV, DIT, SSBS, BTYPE: what user mode can change */

/* the bits of a pointer that hold its signature: all above bit 39 except bit 55, which selects the half */
#define SIGNATURE_MASK          0xff7fff0000000000ul

/* struct registers, and register_description in target.c, field by field */
struct flat {
	uint64_t x[31], sp, pc;
	uint32_t cpsr;
	uint8_t v[32][16];
	uint32_t fpsr, fpcr;
	uint64_t tpidr;
	uint64_t data_mask, code_mask;
} __attribute__((packed));

_Static_assert(sizeof(struct flat) <= REGISTERS_MAX, "registers fit");

#endif
