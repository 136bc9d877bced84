/* SPDX-License-Identifier: ISC */
/* arch.h -- what the core needs to know of 64-bit ARM */
#ifndef ARCH_H
#define ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/aarch64/layout.h"

#define ARCH_PAGING     paging_aarch64
#define ARCH_VDSO_CLOCK "__kernel_clock_gettime"

/* bytes of the instruction that makes a system call */
#define ARCH_SYSTEM_CALL_SIZE 4

/* the counter as the monitor reads it */
static inline uint64_t arch_counter(void)
{
	uint64_t count;

	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
	return count;
}

/* a call leaves its return address in x30; above the 40 bits of an address may be its signature */
#define ARCH_CALL_PUSHES        false
#define ARCH_ADDRESS(pointer)   ((pointer) & 0xffffffffff)

/* where the call in front of a return address leads to, 0 if it is none of those that say so; read as call_read is */
uint64_t arch_call_target(uint64_t address, bool (*read)(uint64_t address, void *code, size_t size));

/* what a signal's handler returns to is the kernel's own */
#define ARCH_SIGNAL_RETURN      NULL
#define ARCH_SIGNAL_FLAGS       0ul

static inline void arch_pause(void)
{
	__asm__ volatile("yield");
}

/* The monitor's own text, page by page: indirect branches there must lead to landing pads. */
void arch_text_guard(void *text, size_t size);

#endif
