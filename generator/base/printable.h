/* SPDX-License-Identifier: ISC */
/* printable.h -- text that isn't ours, as a terminal may see it */
#ifndef PRINTABLE_H
#define PRINTABLE_H

#include <stdbool.h>

/*
 * The text with '?' for all that a terminal might obey or hide behind: control
 * characters, C1's among them, line ends too; what changes the direction of
 * writing or takes no room; and bytes that are not UTF-8. Names from objects,
 * manifests, paths, and what other programs say: all of it is printed through this.
 */
char *printable(const char *text);

/* true if it is UTF-8 */
bool text_is_utf8(const char *text);

#endif
