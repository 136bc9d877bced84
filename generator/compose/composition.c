/* SPDX-License-Identifier: ISC */
/* composition.c -- everything about the appliance being made */
#include "compose/composition.h"

#include <string.h>

#include "base/diag.h"

void composition_descriptor(const struct modules *modules, const char *name, size_t *first, size_t *count)
{
	*first = DESCRIPTOR_FIRST;
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->descriptor_count; i++) {
			const struct descriptor *descriptor = &modules->items[m]->descriptors[i];

			*count = descriptor->each ? modules->items[m]->device_count : 1;
			if (!strcmp(descriptor->name, name))
				return;
			*first += *count;
		}
	fatal("descriptor \"%s\" is declared by no selected module", name);
}

bool composition_has_files(const struct composition *composition)
{
	return strings_contain(&composition->app.undefined, "uk_files");
}

bool composition_has_mounts(const struct composition *composition)
{
	return strings_contain(&composition->app.undefined, "uk_mounts");
}

const struct strings *composition_environment(const struct composition *composition)
{
	static const struct strings none;

	for (size_t m = 0; m < composition->selected.count; m++)
		if (strings_contain(&composition->selected.items[m]->api, "uk_environment"))
			return &composition->manifest->environment;
	return &none;
}
