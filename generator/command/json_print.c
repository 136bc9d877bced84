/* SPDX-License-Identifier: ISC */
/* json_print.c -- JSON that isn't ours, on standard output */
#include "command/json_print.h"

#include <stdio.h>
#include <stdlib.h>

/* jansson's "ASCII" has a control character left */
void json_print(const json_t *json)
{
	char *text = json_dumps(json, JSON_INDENT(2) | JSON_ENSURE_ASCII);

	for (const char *c = text; c && *c; c++)
		if (*c == 0x7f)
			fputs("\\u007F", stdout);
		else
			putchar(*c);
	putchar('\n');
	free(text);
}
