/* SPDX-License-Identifier: ISC */
/*
 * syscall_arch.h -- makes musl's system calls function calls: SYS_NAME is the address of guest_sys_NAME
 *
 * So the linker knows which calls a program can make, and keeps only their code.
 * Every call passes six words, in registers; a function uses as many of them as it
 * has arguments, and returns a negative errno, as Linux does.
 */
#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)

typedef long guest_call(long, long, long, long, long, long);

/* generated: the functions' declarations, and SYS_NAME for each */
#include "calls.h"

static inline long __syscall6(long n, long a, long b, long c, long d, long e, long f)
{
	return ((guest_call *)n)(a, b, c, d, e, f);
}

static inline long __syscall5(long n, long a, long b, long c, long d, long e)
{
	return __syscall6(n, a, b, c, d, e, 0);
}

static inline long __syscall4(long n, long a, long b, long c, long d)
{
	return __syscall6(n, a, b, c, d, 0, 0);
}

static inline long __syscall3(long n, long a, long b, long c)
{
	return __syscall6(n, a, b, c, 0, 0, 0);
}

static inline long __syscall2(long n, long a, long b)
{
	return __syscall6(n, a, b, 0, 0, 0, 0);
}

static inline long __syscall1(long n, long a)
{
	return __syscall6(n, a, 0, 0, 0, 0, 0);
}

static inline long __syscall0(long n)
{
	return __syscall6(n, 0, 0, 0, 0, 0, 0);
}

#define IPC_64 0
