/* SPDX-License-Identifier: ISC */
/* device.c -- finds devices by name and by handle */
#include <string.h>

#include "guest.h"

const struct device *device_find(const char *name, const char *type)
{
	static uint64_t acquired;       /* bit i: devices[i]; there are at most 63 */

	for (unsigned i = 0; i < device_count; i++)
		if (!strcmp(devices[i].name, name) && !strcmp(devices[i].type, type)) {
			bool again = acquired & 1ul << i;

			acquired |= 1ul << i;
			return again ? NULL : &devices[i];
		}
	return NULL;
}

const struct device *device_get(solo5_handle_t handle, const char *type)
{
	if (!handle || handle > device_count || strcmp(devices[handle - 1].type, type))
		return NULL;
	return &devices[handle - 1];
}
