/* SPDX-License-Identifier: ISC */
/*
 * __stdout_write.c -- the first write to stdout
 *
 * It stays line-buffered, whatever the console is: a line that was printed must
 * be visible even if the guest traps next.
 */
#include "stdio_impl.h"

size_t __stdout_write(FILE *stream, const unsigned char *text, size_t size)
{
	stream->write = __stdio_write;
	return __stdio_write(stream, text, size);
}
