/* SPDX-License-Identifier: ISC */
/* stdin.c -- the stream of standard input; programs that refer to it get the console's input */
#include "stdio_impl.h"

#include "../calls/input.h"

#undef stdin

static unsigned char buffer[BUFSIZ + UNGET];

hidden FILE __stdin_FILE = {
	.buf = buffer + UNGET,
	.buf_size = BUFSIZ,
	.fd = 0,
	.flags = F_PERM | F_NOWR,
	.read = __stdio_read,
	.seek = __stdio_seek,
	.close = __stdio_close,
	.lock = -1,
};

FILE *const stdin = &__stdin_FILE;
FILE *volatile __stdin_used = &__stdin_FILE;
