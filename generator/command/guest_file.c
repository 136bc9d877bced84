/* SPDX-License-Identifier: ISC */
/* guest_file.c -- the guest's ELF file with debug information, which an appliance's build leaves */
#include "command/guest_file.h"

#include <jansson.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "input/appliance.h"
#include "input/guest_elf.h"
#include "target/host.h"

static bool section_holds(const char *bytes, size_t size, uint64_t offset, const struct segment *segment)
{
	return bytes && offset <= size && segment->file_size <= size - offset &&
		!memcmp(bytes + offset, segment->bytes, segment->file_size);
}

static const struct host *host_of(const char *command, const char *appliance)
{
	json_t *description = json_loads(appliance_description(command, appliance), 0, NULL);
	const char *name = json_string_value(json_object_get(description, "host"));
	const struct host *host = name ? host_named(name) : NULL;

	if (!host)
		fatal("%s: its description is damaged", appliance);
	json_decref(description);
	return host;
}

/* the appliance contains the guest's text unchanged; on the process host read-only data is a section behind it */
static void guest_check(const char *command, const char *path, const char *appliance)
{
	const struct guest *guest = guest_read(path, host_of(command, appliance)->image_address, false);
	size_t size = 0, rodata_size = 0;
	const char *text = appliance_section(command, appliance, ".image_text", &size);
	const char *rodata = appliance_section(command, appliance, ".image_rodata", &rodata_size);

	for (size_t i = 0; i < guest->segment_count; i++) {
		const struct segment *segment = &guest->segments[i];
		uint64_t offset = segment->address - guest->image_address;

		if (!segment->writable && !(offset < size ? section_holds(text, size, offset, segment) :
					    section_holds(rodata, rodata_size, offset - size, segment)))
			fatal("%s: belongs to another build of the appliance; build it again, or give -B BUILDDIR", path);
	}
}

const char *guest_file_find(const char *command, const char *build, const char *appliance, const char *name)
{
	const char *file = str_format("%s.guest.elf", name), *folder = path_folder(appliance);
	const char *const places[] = {
		path_join(build ? build : folder, file),
		build ? NULL : path_join(path_join(folder, "ukgen-build"), file),
		build ? NULL : str_format("%s.debug", appliance),
	};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (places[i] && path_exists(places[i])) {
			guest_check(command, places[i], appliance);
			return places[i];
		}
	fatal("%s: not found in %s; give the appliance's build folder with -B BUILDDIR", file, build ? build : folder);
}
