/* SPDX-License-Identifier: ISC */
/* layout.h -- low guest memory on 64-bit ARM: vectors and trap frame of the supervisor (EL1), two device pages */
#ifndef ARCH_LAYOUT_H
#define ARCH_LAYOUT_H

#define TRAP_FRAME_ADDRESS      0x13000ul       /* struct trap_frame; EL1's stack pointer stays here */
#define VECTORS_ADDRESS         0x14000ul       /* 16 entries, and the code that they share; EL1 executes it */

/* Nothing backs the device pages: each store there is an exit. */
#define HYPERCALLS_ADDRESS      0xf0000ul       /* hypercall n is a 64-bit store to the n-th double word */
#define HYPERCALL_SIZE          8
#define TRAP_ADDRESS            0xf1000ul       /* the vectors store here; EL1 alone may */

#define HYPERCALL_ADDRESS(n)    (HYPERCALLS_ADDRESS + (n) * HYPERCALL_SIZE)

/*
 * What a vector saves, and what the guest resumes with if the monitor enters it
 * again after the report.
 */
#ifndef __ASSEMBLER__
#include <stdint.h>

struct trap_frame {
	uint64_t x[31];
	uint64_t sp, pc, pstate;                /* of the guest */
	uint64_t esr, far, vector;              /* why; read only */
	uint64_t mdscr;                         /* MDSCR_EL1 to resume with, for single steps */
};
#endif

#endif
