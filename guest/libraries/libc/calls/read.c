/* SPDX-License-Identifier: ISC */
/* read.c -- reads from the file of a descriptor, into one buffer */
#include "descriptor.h"

long guest_sys_readv(long descriptor, const struct iovec *parts, long count);

long guest_sys_read(long descriptor, void *bytes, size_t size)
{
	struct iovec part = {bytes, size};

	return guest_sys_readv(descriptor, &part, 1);
}
