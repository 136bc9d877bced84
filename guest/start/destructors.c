/* SPDX-License-Identifier: ISC */
/*
 * destructors.c -- runs the application's destructors when solo5_app_main returns, the last constructed first
 *
 * Linked only if the application has some. solo5_exit is like _exit: it runs none.
 */
#include "guest.h"

/* from the linker script */
extern void (*const fini_array_start[])(void), (*const fini_array_end[])(void);

void destructors_run(void)
{
	for (void (*const *destructor)(void) = fini_array_end; destructor != fini_array_start; )
		(*--destructor)();
}
