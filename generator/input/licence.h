/* SPDX-License-Identifier: ISC */
/* licence.h -- SPDX licence expressions */
#ifndef LICENCE_H
#define LICENCE_H

#include <stdbool.h>

/* true if the text is made of what such expressions are made of, and not longer than 100 bytes */
bool licence_is_usable(const char *text);

#endif
