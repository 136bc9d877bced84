/* SPDX-License-Identifier: ISC */
/*
 * system_call.h -- system calls of handlers that guests call often: inline, and without the C library's errno
 *
 * Where the kernel clears the processor's memory of return addresses, each function
 * that returns after a system call costs a misprediction, some 10 ns.
 */
#ifndef SYSTEM_CALL_H
#define SYSTEM_CALL_H

#include "arch.h"

/* what the kernel returns: on failure a negative errno */
static inline long system_call(long number, long a, long b, long c, long d)
{
	return arch_system_call(number, a, b, c, d, 0, 0);
}

#endif
