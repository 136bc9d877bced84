/* SPDX-License-Identifier: ISC */
/* page.c -- one page, built in: it needs no device */
#include <string.h>

#include "content.h"

static const char page[] =
	"<!DOCTYPE html>\n"
	"<html lang=\"en\">\n"
	"<head>\n"
	"<meta charset=\"utf-8\">\n"
	"<title>httpd on ukgen</title>\n"
	"</head>\n"
	"<body>\n"
	"<h1>It works</h1>\n"
	"<p>This page comes from a unikernel: one application, TCP/IP included, that\n"
	"runs in the user mode of a virtual processor, on a monitor that was composed\n"
	"for it alone. No operating system is inside it.</p>\n"
	"<p>The numbers that this server has kept are at <a href=\"/stats\">/stats</a>.\n"
	"Built with the manifest <code>files.manifest</code>, it serves the files of a\n"
	"tar archive instead of this page, which has 612 bytes: exactly as many as some other\n"
	"server's first page.</p>\n"
	"</body>\n"
	"</html>\n";

/* what comparisons with other servers ask for */
_Static_assert(sizeof(page) - 1 == 612, "the page has 612 bytes");

const char *content_start(const struct solo5_start_info *info)
{
	(void)info;
	return NULL;
}

bool content_find(const char *path, struct content *content)
{
	if (strcmp(path, "/") && strcmp(path, "/index.html"))
		return false;
	*content = (struct content){.type = "text/html", .size = sizeof(page) - 1};
	return true;
}

const uint8_t *content_bytes(const struct content *content, uint64_t offset, size_t *length)
{
	*length = content->size - offset;
	return (const uint8_t *)page + offset;
}
