/* SPDX-License-Identifier: ISC */
/* mounts.c -- the manifest's "mounts", held against its devices and the libraries */
#include "compose/mounts.h"

#include <string.h>

#include "base/diag.h"
#include "base/strings.h"
#include "base/text.h"

const struct device *mount_device(const struct composition *composition, const struct mount *mount)
{
	const struct manifest *manifest = composition->manifest;

	for (size_t i = 0; i < manifest->device_count; i++)
		if (!strcmp(manifest->devices[i].name, mount->device))
			return &manifest->devices[i];
	return NULL;
}

/* the types of devices that the libraries mount */
static struct strings types_list(const struct composition *composition)
{
	struct strings types = {0};

	for (size_t i = 0; i < composition->libraries.count; i++)
		if (composition->libraries.items[i]->mount)
			strings_add(&types, composition->libraries.items[i]->mount_type);
	return types;
}

static void missing_report(const struct composition *composition, const struct mount *mount)
{
	struct strings names = {0};
	const char *nearest;

	for (size_t i = 0; i < composition->manifest->device_count; i++)
		strings_add(&names, composition->manifest->devices[i].name);
	nearest = str_nearest(mount->device, &names);
	if (nearest)
		error_at(mount->where, "there is no device \"%s\"; did you mean \"%s\"?", mount->device, nearest);
	else
		error_at(mount->where, "there is no device \"%s\"; \"devices\" has %s", mount->device,
			 names.count ? str_join(&names, ", ") : "none");
}

void mounts_check(const struct composition *composition)
{
	const struct manifest *manifest = composition->manifest;
	struct strings types = types_list(composition);

	for (size_t i = 0; i < manifest->mount_count; i++) {
		const struct mount *mount = &manifest->mounts[i];
		const struct device *device = mount_device(composition, mount);

		if (!types.count)
			error_at(mount->where, "no library of this application mounts a device; add \"libc\" to \"libraries\"");
		else if (!device)
			missing_report(composition, mount);
		else if (!strings_contain(&types, device->type))
			error_at(mount->where, "device \"%s\" is of type %s; those that can be mounted are of %s", mount->device,
				 device->type, str_join(&types, ", "));
	}
	errors_exit();
}
