/* SPDX-License-Identifier: ISC */
/* layout.h -- low guest memory on x86-64, for the supervisor alone */
#ifndef ARCH_LAYOUT_H
#define ARCH_LAYOUT_H

#define GDT_ADDRESS             0x12000ul
#define IDT_ADDRESS             0x12200ul
#define IDT_VECTORS             32
#define TSS_ADDRESS             0x12400ul
#define STUBS_ADDRESS           0x13000ul
#define SUPERVISOR_STACK_TOP    0x15000ul       /* the page below it */

#define CODE_SELECTOR           0x08            /* supervisor: the trap stubs */
#define DATA_SELECTOR_USER      0x1b
#define CODE_SELECTOR_USER      0x23
#define TSS_SELECTOR            0x28

/* Ports. One byte each, so that the I/O permission bitmap allows exactly one call by one bit. */
#define PORT_TRAP               0x10            /* written by the stubs alone */
#define PORT_HYPERCALL          0x20            /* hypercall n writes port 0x20 + n */

/*
 * What is at the top of the supervisor stack after a trap: registers that the
 * stub pushed, then the error code and frame that the processor pushed.
 */
#ifndef __ASSEMBLER__
#include <stdint.h>

struct trap_frame {
	uint64_t cr2;
	uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
	uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
	uint64_t vector, error;
	uint64_t rip, cs, rflags, rsp, ss;
};
#define TRAP_FRAME_ADDRESS      (SUPERVISOR_STACK_TOP - sizeof(struct trap_frame))
#endif

#endif
