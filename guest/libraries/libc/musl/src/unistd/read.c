/* SPDX-License-Identifier: ISC */
/* read.c -- reads from a descriptor, which may be standard input */
#include <unistd.h>

#include "syscall.h"

#include "../calls/input.h"

ssize_t read(int descriptor, void *bytes, size_t size)
{
	return syscall(SYS_read, descriptor, bytes, size);
}
