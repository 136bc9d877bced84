/* SPDX-License-Identifier: ISC */
/* abort.c -- sends SIGABRT, and ends the program even if a handler returns, or the signal is ignored or blocked */
#include <signal.h>
#include <solo5.h>
#include <stdlib.h>

_Noreturn void abort(void)
{
	raise(SIGABRT);
	solo5_abort();
}
