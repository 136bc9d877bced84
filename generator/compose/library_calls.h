/* SPDX-License-Identifier: ISC */
/* library_calls.h -- the system calls of guest libraries that an application can make, and why */
#ifndef LIBRARY_CALLS_H
#define LIBRARY_CALLS_H

#include "compose/composition.h"

struct library_call {
	const struct library *library;
	const char *symbol;             /* of the function: "guest_sys_writev" */
	const char *name;               /* without the library's prefix: "writev" */
	const char *user;               /* the application's file by which it is reached; NULL: by the library's own start */
	const char *function;           /* what that file uses of the library */
	bool served;                    /* something defines it; others return -ENOSYS */
};

/* Lists the calls that are in app.o, or undefined there, sorted by symbol. */
void library_calls_find(struct composition *composition);

/* Says which of them nothing serves: errors where Kconfig's NAME_UNSERVED_ERROR is set, warnings otherwise. */
void library_calls_report(const struct composition *composition);

/* NULL if the symbol is none */
const struct library_call *library_call_find(const struct composition *composition, const char *symbol);

#endif
