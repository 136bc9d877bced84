/* SPDX-License-Identifier: ISC */
/* printable.h -- makes untrusted text safe for a terminal */
#ifndef PRINTABLE_H
#define PRINTABLE_H

#include <stdbool.h>

/*
 * The text with '?' in place of everything that could control or mislead a terminal:
 * control characters including C1 and line ends, characters that change the writing
 * direction or have no width, and bytes that are not UTF-8. Names from objects and
 * manifests, paths, and the output of other programs are all printed through this.
 */
char *printable(const char *text);

/* true if it is UTF-8 */
bool text_is_utf8(const char *text);

#endif
