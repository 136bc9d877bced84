/* SPDX-License-Identifier: ISC */
/* json_print.h -- JSON that isn't ours, on standard output */
#ifndef JSON_PRINT_H
#define JSON_PRINT_H

#include <jansson.h>

/* indented, and without any character that a terminal would obey */
void json_print(const json_t *json);

#endif
