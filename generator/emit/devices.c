/* SPDX-License-Identifier: ISC */
/* devices.c -- gen/devices.c: the guest's table of the manifest's devices */
#include "emit/emitters.h"

#include <stdio.h>

#include "base/emit.h"
#include "emit/c.h"

void emit_devices(const struct composition *composition)
{
	const struct manifest *manifest = composition->manifest;
	struct emit emit;

	emit_begin(&emit, composition, "gen/devices.c", "the manifest's devices; a handle is an index + 1", NULL);
	fprintf(emit.stream,
		"#include \"guest.h\"\n\n"
		"const unsigned device_count = %zu;\n\n"
		"const struct device devices[] = {\n", manifest->device_count);
	for (size_t i = 0; i < manifest->device_count; i++)
		fprintf(emit.stream, "\t{\"%s\", DEVICE_%s, %zu},\n", manifest->devices[i].name, manifest->devices[i].type,
			manifest->devices[i].index);
	fprintf(emit.stream, "};\n");
	emit_end(&emit, NULL);
}
