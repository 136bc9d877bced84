/* SPDX-License-Identifier: ISC */
/* abort.c -- SIGABRT, and the end even if a handler returned, or the signal is ignored or blocked */
#include <signal.h>
#include <solo5.h>
#include <stdlib.h>

_Noreturn void abort(void)
{
	raise(SIGABRT);
	solo5_abort();
}
