/* SPDX-License-Identifier: ISC */
/* flat.h -- the registers of x86-64 in GDB's order, filled in by core/HOST/x86_64/debug/ */
#ifndef FLAT_H
#define FLAT_H

#include <stddef.h>

#include "debug.h"
#include "machine/x86_64/layout.h"

enum {
	FLAGS_STEP = 1 << 8,            /* RFLAGS.TF */
	FLAGS_USER = 0x244dd5,          /* what user mode may change: SDM volume 1, figure 3-8 */
};

/* struct registers, and register_description in target.c, field by field */
struct flat {
	uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8, r9, r10, r11, r12, r13, r14, r15, rip;
	uint32_t eflags, cs, ss, ds, es, fs, gs;
	uint8_t st[8][10];
	uint32_t fctrl, fstat, ftag, fiseg, fioff, foseg, fooff, fop;
	uint8_t xmm[16][16];
	uint32_t mxcsr;
	uint64_t fs_base, gs_base;
	uint8_t ymmh[16][16];
} __attribute__((packed));

_Static_assert(sizeof(struct flat) <= REGISTERS_MAX, "registers fit");

/* the XSAVE area in its standard format: Intel SDM volume 1, 13.4 */
struct xsave {
	uint16_t fcw, fsw;
	uint8_t ftw, reserved;
	uint16_t fop;
	uint64_t fip, fdp;
	uint32_t mxcsr, mxcsr_mask;
	uint8_t st[8][16], xmm[16][16];
	uint8_t unused[96];
	uint64_t present;               /* components that are not in their initial state */
	uint8_t header[56];
	uint8_t ymmh[16][16];
	uint8_t others[3264];
};

_Static_assert(offsetof(struct xsave, ymmh) == 576, "AVX state is where the standard format has it");

/* the processor's XSAVE area as registers_get read it */
extern struct xsave xsave_area;

void flat_frame_get(struct flat *flat, const struct trap_frame *frame);
void flat_floating_get(struct flat *flat, const struct xsave *area);
void flat_floating_set(struct xsave *area, const struct flat *flat);

#endif
