/* SPDX-License-Identifier: ISC */
/* locate.h -- finds the line and column of a value in valid JSON text, which jansson's nodes don't carry */
#ifndef LOCATE_H
#define LOCATE_H

#include "diag.h"

/*
 * The position of the value at path: ".devices[1].type", "" for the root.
 * A path that ends in '@' means the key itself: ".devices[1].type@".
 * text must be JSON that jansson has accepted; a path that is not in it gives {file, 0, 0}.
 */
struct position locate(const char *file, const char *text, const char *path);

#endif
