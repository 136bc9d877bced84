/* SPDX-License-Identifier: ISC */
/* debian.c -- versions of Debian packages, as dpkg's list has them: dpkg itself would take a tenth of a second */
#include "emit/debian.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "base/text.h"

const char *debian_version(const char *package, const char *path)
{
	static char *status;
	const char *name = str_format("\nPackage: %s\n", package), *at, *end, *version;

	if (!path_below(path, "/usr"))
		return NULL;
	if (!status)
		status = file_read("/var/lib/dpkg/status", NULL);
	at = status ? strstr(status, name) : NULL;
	end = at ? strstr(at + 1, "\n\n") : NULL;
	version = at ? strstr(at, "\nVersion: ") : NULL;
	if (!version || (end && version > end))
		return NULL;
	version += strlen("\nVersion: ");
	return str_copy(version, strcspn(version, "\n"));
}
