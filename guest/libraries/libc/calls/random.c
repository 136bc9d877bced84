/* SPDX-License-Identifier: ISC */
/* random.c -- random bytes from the host */
#include <errno.h>
#include <sys/random.h>
#include <uk.h>

long guest_sys_getrandom(void *bytes, size_t size, long flags)
{
	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM))
		return -EINVAL;
	uk_random(bytes, size);
	return (long)size;
}
