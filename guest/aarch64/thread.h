/* SPDX-License-Identifier: ISC */
/* thread.h -- thread-local storage of 64-bit ARM (ELF TLS variant I): variables above the thread pointer */
#ifndef THREAD_H
#define THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* two words of the thread's own, rounded up to the variables' alignment, which templates/guest.ld makes at least 64 */
extern const char tls_alignment[];
#define THREAD_HEADER ((size_t)tls_alignment)

static inline size_t thread_block_size(size_t variables)
{
	return THREAD_HEADER + variables;
}

static inline uintptr_t thread_pointer(uintptr_t area, size_t variables)
{
	(void)variables;
	return area;
}

static inline char *thread_variables(uintptr_t area, size_t variables)
{
	(void)variables;
	return (char *)area + THREAD_HEADER;
}

/* false for an address of more than 48 bits, where nothing can be mapped */
static inline bool thread_pointer_set(uintptr_t base)
{
	if (base >> 48)
		return false;
	__asm__ volatile("msr tpidr_el0, %0" : : "r"(base) : "memory");
	return true;
}

/* the stack guard is a global variable on this architecture */
static inline void thread_guard_set(uintptr_t pointer, uintptr_t guard)
{
	(void)pointer;
	(void)guard;
}

#endif
