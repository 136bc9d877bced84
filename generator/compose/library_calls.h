/* SPDX-License-Identifier: ISC */
/* library_calls.h -- the system calls of guest libraries that an application can make, and why */
#ifndef LIBRARY_CALLS_H
#define LIBRARY_CALLS_H

#include "compose/composition.h"

struct library_call {
	const struct library *library;
	const char *symbol;             /* of the function: "guest_sys_writev" */
	const char *name;               /* without the library's prefix: "writev" */
	const char *user;               /* the application's file that leads to it; NULL: the library's own start does */
	const char *function;           /* the library's function that this file uses */
	bool served;                    /* something defines it; others return -ENOSYS */
};

/* Lists the calls defined or undefined in app.o, sorted by symbol. */
void library_calls_find(struct composition *composition);

/* Reports those that nothing serves: as errors if Kconfig's NAME_UNSERVED_ERROR is set, else as warnings. */
void library_calls_report(const struct composition *composition);

/* NULL if the symbol isn't one */
const struct library_call *library_call_find(const struct composition *composition, const char *symbol);

#endif
