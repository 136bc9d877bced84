/* SPDX-License-Identifier: ISC */
/* licence.c -- SPDX licence expressions */
#include "input/licence.h"

#include <string.h>

bool licence_is_usable(const char *text)
{
	return *text && strlen(text) <= 100 &&
		!text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-() ")];
}
