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

static inline long arch_system_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c,
		      x3 __asm__("x3") = d, x4 __asm__("x4") = e, x5 __asm__("x5") = f;

	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}

/* the counter as the monitor reads it */
static inline uint64_t arch_counter(void)
{
	uint64_t count;

	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
	return count;
}

/* a call leaves its return address in x30; the bits above the 40 of an address may hold its signature */
#define ARCH_CALL_PUSHES        false
#define ARCH_ADDRESS(pointer)   ((pointer) & 0xffffffffff)

/* the target of the call instruction before a return address; 0 if that is not a direct call; read as call_read is */
uint64_t arch_call_target(uint64_t address, bool (*read)(uint64_t address, void *code, size_t size));

/* signal handlers return to code of the kernel's own */
#define ARCH_SIGNAL_RETURN      NULL
#define ARCH_SIGNAL_FLAGS       0ul

/* the ABI has nothing at a new thread's pointer that must not be 0 */
static inline void arch_thread_pointer_fill(void *pointer)
{
	(void)pointer;
}

static inline void arch_pause(void)
{
	__asm__ volatile("yield");
}

/* Indirect branches within the monitor's own text must lead to landing pads. */
void arch_text_guard(void *text, size_t size);

#endif
