/* SPDX-License-Identifier: ISC */
/*
 * links.c -- gen/uapi/ and gen/ukgen: links to the folders of Linux's headers, and to ukgen's own folder
 *
 * Beside Linux's folders are the headers of glibc and of all that is installed: so
 * compilers look in a folder that has nothing else.
 *
 * #line names ukgen's files by the second, wherever that is. ccache finds an object
 * without the preprocessor, in half of the time, only if each file that was named is there.
 */
#include "emit/emitters.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "compose/paths.h"

static void link_make(const char *path, const char *target)
{
	char now[4096];
	ssize_t length = readlink(path, now, sizeof(now));

	if (length == (ssize_t)strlen(target) && !memcmp(now, target, (size_t)length))
		return;
	remove(path);
	if (symlink(target, path))
		fatal("link %s:", path);
}

void emit_links(const struct composition *composition)
{
	const struct strings *folders = &composition->toolchain.linux_headers;
	const char *links = build_path(composition, LINUX_HEADERS);

	folder_make(links);
	for (size_t i = 0; i < folders->count; i++)
		link_make(path_join(links, path_base(folders->items[i])), folders->items[i]);
	link_make(build_path(composition, OWN_FILES), composition->root);
}
