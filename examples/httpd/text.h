/* SPDX-License-Identifier: ISC */
/* text.h -- builds text in a buffer; text that does not fit is left out */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>

struct text {
	char *at, *end;
};

void text_add(struct text *text, const char *string);

/* a decimal number of at least that many digits, at most 20 */
void text_number(struct text *text, uint64_t number, unsigned digits);

/* seconds since 1970 as "Sun, 06 Nov 1994 08:49:37 GMT" */
void text_date(struct text *text, uint64_t seconds);

#endif
