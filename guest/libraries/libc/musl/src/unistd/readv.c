/* SPDX-License-Identifier: ISC */
/* readv.c -- reads from a descriptor, which may be standard input, into several places */
#include <sys/uio.h>

#include "syscall.h"

#include "../calls/input.h"

ssize_t readv(int descriptor, const struct iovec *parts, int count)
{
	return syscall(SYS_readv, descriptor, parts, count);
}
