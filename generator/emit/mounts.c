/* SPDX-License-Identifier: ISC */
/* mounts.c -- gen/mounts.c: the manifest's "mounts", for the library that mounts them */
#include <stdio.h>
#include <string.h>

#include "base/emit.h"
#include "compose/mounts.h"
#include "emit/c.h"
#include "emit/emitters.h"

static bool is_readonly(const struct device *device)
{
	for (size_t i = 0; i < device->property_count; i++)
		if (!strcmp(device->properties[i].key, "readonly"))
			return !strcmp(device->properties[i].value, "true");
	return false;
}

void emit_mounts(const struct composition *composition)
{
	const struct manifest *manifest = composition->manifest;
	struct emit emit;

	emit_begin(&emit, composition, "gen/mounts.c", "the manifest's \"mounts\"", NULL);
	fprintf(emit.stream, "#include \"uk.h\"\n\nconst struct uk_mount uk_mounts[] = {\n");
	for (size_t i = 0; i < manifest->mount_count; i++) {
		fprintf(emit.stream, "\t{\"%s\", ", manifest->mounts[i].device);
		emit_string(emit.stream, manifest->mounts[i].folder);
		fprintf(emit.stream, ", %s},\n", is_readonly(mount_device(composition, &manifest->mounts[i])) ? "true" : "false");
	}
	fprintf(emit.stream, "\t{0, 0, false},\n};\n");
	emit_end(&emit, NULL);
}
