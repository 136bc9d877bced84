/* SPDX-License-Identifier: ISC */
/* exit.c -- exit: functions of atexit, destructors, streams */
#include <stdlib.h>

#include "libc.h"

/* from the linker script */
extern void (*const fini_array_start[])(void), (*const fini_array_end[])(void);

/* defined by libcxx, atexit.c and __stdio_exit.c, where they are linked */
hidden weak void guest_thread_end(void);
hidden weak void __funcs_on_exit(void);
hidden weak void __stdio_exit(void);

_Noreturn void exit(int status)
{
	if (guest_thread_end)
		guest_thread_end();
	if (__funcs_on_exit)
		__funcs_on_exit();
	for (void (*const *destructor)(void) = fini_array_end; destructor != fini_array_start; )
		(*--destructor)();
	if (__stdio_exit)
		__stdio_exit();
	_Exit(status);
}
