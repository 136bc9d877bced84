/* SPDX-License-Identifier: ISC */
/* putc.h -- writes a byte to a stream: with one thread, streams need no locks */
#include "stdio_impl.h"

static inline int do_putc(int byte, FILE *stream)
{
	return putc_unlocked(byte, stream);
}
