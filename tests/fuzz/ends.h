/* SPDX-License-Identifier: ISC */
/*
 * ends.h -- continues where the generator would end with an error
 *
 * A program that includes this file adds --wrap=exit to its FUZZ_WRAP and calls
 * what may end inside ends().
 */
#ifndef ENDS_H
#define ENDS_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdlib.h>

_Noreturn void __real_exit(int status);
_Noreturn void __wrap_exit(int status);

static jmp_buf ends_here;
static bool ends_armed;

void __wrap_exit(int status)
{
	if (!ends_armed)
		__real_exit(status);
	ends_armed = false;
	longjmp(ends_here, 1);
}

/* calls what, and comes back even if it ends the program */
static void ends(void (*what)(const char *path), const char *path)
{
	ends_armed = true;
	if (!setjmp(ends_here))
		what(path);
	ends_armed = false;
}

#endif
