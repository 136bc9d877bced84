/* SPDX-License-Identifier: ISC */
/* interface.c -- what a guest was compiled against */
#include "compose/interface.h"

#include <glob.h>
#include <sha256.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "compose/paths.h"

/* without the first line, which names the manifest or gives the licence */
static void file_add(SHA2_CTX *sum, const char *path)
{
	size_t length;
	const char *text = file_read(path, &length), *line = text ? memchr(text, '\n', length) : NULL;

	if (!line)
		fatal("read %s:", path);
	SHA256Update(sum, (const uint8_t *)line, length - (size_t)(line - text));
}

/* the same for all processors, or one for each */
static void leave_add(SHA2_CTX *sum, const char *folder, const char *architecture)
{
	const char *one = path_join(folder, "leave.h");

	file_add(sum, path_exists(one) ? one : str_format("%s/%s/leave.h", folder, architecture));
}

static void headers_add(SHA2_CTX *sum, const struct module *module)
{
	glob_t found;
	int error = glob(path_pattern(module->folder, "*.h"), 0, NULL, &found);

	if (error == GLOB_NOMATCH)
		return;
	if (error)
		fatal("read folder %s:", module->folder);
	for (size_t i = 0; i < found.gl_pathc; i++)
		file_add(sum, found.gl_pathv[i]);
	globfree(&found);
}

const char *interface_digest(const struct composition *composition)
{
	const char *root = composition->root, *architecture = composition->architecture->name;
	char digest[SHA256_DIGEST_STRING_LENGTH];
	SHA2_CTX sum;

	SHA256Init(&sum);
	file_add(&sum, build_path(composition, "gen/abi.h"));
	file_add(&sum, path_join(root, "core/machine/layout.h"));
	file_add(&sum, str_format("%s/core/machine/%s/layout.h", root, architecture));
	leave_add(&sum, str_format("%s/guest/%s", root, composition->host->name), architecture);
	/* the core's are in folders of their own */
	for (size_t m = 1; m < composition->selected.count; m++)
		if (composition->selected.items[m]->guest_sources.count)
			headers_add(&sum, composition->selected.items[m]);
	SHA256End(&sum, digest);
	return str_copy(digest, strlen(digest));
}
