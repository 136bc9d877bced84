/* SPDX-License-Identifier: ISC */
/* console.h -- text for the user */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stddef.h>
#include <stdint.h>

/* text is collected, and goes out as one when it ends in a newline or is long */
void print(const char *text);
void print_bytes(const char *bytes, size_t length);
void print_number(uint64_t number);

/* says what is wrong, and ends with exit status 1; text says it all, or is followed by subject in quotes */
_Noreturn void fail(const char *text, const char *subject);

#endif
