/* SPDX-License-Identifier: ISC */
/* read.c -- read, by which programs may read descriptor 0; streams other than stdin are read by readv */
#include "descriptor.h"
#include "input.h"

long guest_sys_readv(long descriptor, const struct iovec *parts, long count);

long guest_sys_read(long descriptor, void *bytes, size_t size)
{
	struct iovec part = {bytes, size};

	return guest_sys_readv(descriptor, &part, 1);
}
