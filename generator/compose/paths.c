/* SPDX-License-Identifier: ISC */
/* paths.c -- the files of BUILDDIR */
#include "compose/paths.h"

#include "base/path.h"
#include "base/text.h"

char *build_path(const struct composition *composition, const char *name)
{
	return path_join(composition->build, name);
}

char *object_of(const char *kind, const char *module, const char *source)
{
	return str_format("obj/%s/%s-%s-%s.o", kind, module, path_base(path_folder(source)), path_base(source));
}
