/* SPDX-License-Identifier: ISC */
/* diag.h -- errors and warnings, as users see them */
#ifndef DIAG_H
#define DIAG_H

#include <stdbool.h>

/* A place in a file that a user wrote; line and column count from 1, 0 is "the whole file". */
struct position {
	const char *file;
	unsigned line, column;
};

/* what messages begin with: "ukgen", unless the program goes by another name */
extern const char *diag_program;

#define PRINTF_LIKE(n) __attribute__((format(printf, n, (n) + 1)))

/* prints "ukgen: file:line:col: message" and counts the error; the caller continues, to find more */
void error_at(struct position where, const char *format, ...) PRINTF_LIKE(2);

/* the same with "warning: " before the message; not counted */
void warning_at(struct position where, const char *format, ...) PRINTF_LIKE(2);

/* how many errors were reported so far */
unsigned error_count(void);

/* exits with status 1 if there were any */
void errors_exit(void);

/* prints "ukgen: message" and exits with status 1; a trailing ':' appends strerror(errno) */
_Noreturn void fatal(const char *format, ...) PRINTF_LIKE(1);

#endif
