/* SPDX-License-Identifier: ISC */
/* text.h -- strings */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct strings;

char *str_format(const char *format, ...) PRINTF_LIKE(1);
char *str_copy(const char *string, size_t length);
char *str_upper(const char *string);      /* "net_tap" -> "NET_TAP" */
char *str_join(const struct strings *list, const char *separator);
bool str_starts(const char *string, const char *prefix);
bool str_ends(const char *string, const char *suffix);

bool str_is_identifier(const char *string);       /* of C; it may be a keyword */

/* true if it holds a control character, which no generated file can */
bool str_has_control(const char *string);

/* the bytes of "512K" and the like; false if it isn't one. What overflows becomes UINT64_MAX, which is out of bounds. */
bool str_size(const char *string, uint64_t *bytes);

/* true if one of count words is the string */
bool str_is_one_of(const char *string, const char *const *words, size_t count);

/* the candidate nearest to word, or NULL if none is near enough to suggest */
const char *str_nearest(const char *word, const struct strings *candidates);

#endif
