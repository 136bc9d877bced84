/* SPDX-License-Identifier: ISC */
/* strings.c -- lists of strings */
#include "base/strings.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void strings_add(struct strings *list, const char *string)
{
	*LIST_ADD(list->items, list->count) = string;
}

bool strings_contain(const struct strings *list, const char *string)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i], string))
			return true;
	return false;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void strings_sort(struct strings *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_strings);
}
