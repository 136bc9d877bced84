/* SPDX-License-Identifier: ISC */
/* strings.h -- lists of strings */
#ifndef STRINGS_H
#define STRINGS_H

#include <stdbool.h>
#include <stddef.h>

struct strings {
	const char **items;
	size_t count;
};

void strings_add(struct strings *list, const char *string);
bool strings_contain(const struct strings *list, const char *string);
void strings_sort(struct strings *list);

#endif
