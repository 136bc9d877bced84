/* SPDX-License-Identifier: ISC */
/* locate.h -- finds the line and column of a value in valid JSON text, which jansson's nodes don't carry */
#ifndef LOCATE_H
#define LOCATE_H

#include <stddef.h>

#include "base/diag.h"

/*
 * The position of the value at path: ".devices[1].type", "" for the root.
 * A path that ends in '@' means the key itself: ".devices[1].type@".
 * A key with other characters than letters, digits, '_' and '-' stands in the
 * path as JSON text: ".config.\"a.b\"@". Of equal keys, the last one counts.
 * text must be JSON that jansson has accepted; a path that is not in it gives {file, 0, 0}.
 */
struct position locate(const char *file, const char *text, const char *path);

/* The start of the token that holds the last byte before offset, or of the last one before it; text may be malformed. */
const char *locate_token(const char *text, size_t offset);

/* The length of the token at place; text may be malformed. */
size_t locate_token_length(const char *place);

/* The position of a byte of text. Columns count characters, not bytes, and a tab is one. */
struct position locate_place(const char *file, const char *text, const char *place);

#endif
