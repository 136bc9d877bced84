/* SPDX-License-Identifier: ISC */
/* thread.h -- thread-local storage of x86-64 (ELF TLS variant II): variables below the thread pointer */
#ifndef THREAD_H
#define THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline size_t thread_block_size(size_t variables)
{
	return variables + sizeof(uintptr_t);
}

static inline uintptr_t thread_pointer(uintptr_t area, size_t variables)
{
	return area + variables;
}

static inline char *thread_variables(uintptr_t area, size_t variables)
{
	(void)variables;
	return (char *)area;
}

/* false for a non-canonical address, which the processor would refuse */
static inline bool thread_pointer_set(uintptr_t base)
{
	if ((uintptr_t)((intptr_t)(base << 16) >> 16) != base)
		return false;
	__asm__ volatile("wrfsbase %0" : : "r"(base) : "memory");
	return true;
}

/* %fs:0x28, where compilers find the stack guard unless -mstack-protector-guard=global is given */
static inline void thread_guard_set(uintptr_t pointer, uintptr_t guard)
{
	*(uintptr_t *)(pointer + 0x28) = guard;
}

#endif
