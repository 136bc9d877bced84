/* SPDX-License-Identifier: ISC */
/* getc.h -- reads a byte of a stream: with one thread, streams need no locks */
#include "stdio_impl.h"

static inline int do_getc(FILE *stream)
{
	return getc_unlocked(stream);
}
