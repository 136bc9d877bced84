/* SPDX-License-Identifier: ISC */
/* arch.h -- what the core needs to know of x86-64 */
#ifndef ARCH_H
#define ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/x86_64/layout.h"

#define ARCH_PAGING     paging_x86_64
#define ARCH_VDSO_CLOCK "__vdso_clock_gettime"

/* bytes of the instruction that makes a system call */
#define ARCH_SYSTEM_CALL_SIZE 2

static inline long arch_system_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

/* the counter as the monitor reads it */
static inline uint64_t arch_counter(void)
{
	return __builtin_ia32_rdtsc();
}

/* a call leaves its return address on the stack; addresses are as they are */
#define ARCH_CALL_PUSHES        true
#define ARCH_ADDRESS(pointer)   (pointer)

/* the target of the call instruction before a return address; 0 if that is not a direct call; read as call_read is */
uint64_t arch_call_target(uint64_t address, bool (*read)(uint64_t address, void *code, size_t size));

/* the kernel requires the address that signal handlers return to */
void arch_signal_return(void);
#define ARCH_SIGNAL_RETURN      arch_signal_return
#define ARCH_SIGNAL_FLAGS       0x04000000ul    /* SA_RESTORER: linux/arch/x86/include/uapi/asm/signal.h */

/* what the ABI has at a new thread's pointer: the pointer itself, and the stack guard */
static inline void arch_thread_pointer_fill(void *pointer)
{
	uintptr_t *words = pointer;

	words[0] = (uintptr_t)pointer;
	__asm__("mov %%fs:40, %0" : "=r"(words[5]));
}

static inline void arch_pause(void)
{
	__builtin_ia32_pause();
}

/* Linux checks no landing pads in user mode. */
static inline void arch_text_guard(void *text, size_t size)
{
	(void)text;
	(void)size;
}

#endif
