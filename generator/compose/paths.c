/* SPDX-License-Identifier: ISC */
/* paths.c -- the files of BUILDDIR */
#include "compose/paths.h"

#include "base/path.h"
#include "base/text.h"

char *manifest_shown(const struct manifest *manifest)
{
	char *name = str_format("%s", path_base(manifest->path));

	for (char *c = name; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = '?';
	return name;
}

char *build_path(const struct composition *composition, const char *name)
{
	return path_join(composition->build, name);
}

char *packed_name(const struct composition *composition)
{
	return str_format("%s.packed", composition->manifest->name);
}

char *object_of(const char *owner, const char *folder, const char *source)
{
	const char *file = path_below(source, folder);

	return file ? str_format("obj/%s/%s.o", owner, file) :
		str_format("obj/%s/%s-%s.o", owner, path_base(path_folder(source)), path_base(source));
}

char *module_object(const char *half, const struct module *module, const char *source)
{
	return object_of(str_format("%s/%s", half, module->name), module->folder, source);
}
