/* SPDX-License-Identifier: ISC */
/* pages.c -- content for examples/httpd: "/", a page of 612 bytes, and "/large", one of 100 KB */
#include <string.h>

#include "content.h"

enum { SMALL = 612, LARGE = 102400 };

static uint8_t page[LARGE];

const char *content_start(const struct solo5_start_info *info)
{
	(void)info;
	memset(page, 'x', sizeof(page));
	return NULL;
}

bool content_find(const char *path, struct content *content)
{
	*content = (struct content){.type = "text/html", .size = strcmp(path, "/large") ? SMALL : LARGE};
	return true;
}

const uint8_t *content_bytes(const struct content *content, uint64_t offset, size_t *length)
{
	*length = content->size - offset;
	return page + offset;
}
