/* SPDX-License-Identifier: ISC */
/* device.c -- finds devices by name and by handle */
#include <string.h>

#include "guest.h"

const struct device *device_find(const char *name, unsigned type)
{
	static uint64_t acquired;       /* bit i: devices[i]; there are at most 63 */

	for (unsigned i = 0; i < device_count; i++)
		if (devices[i].type == type && !strcmp(devices[i].name, name)) {
			bool again = acquired & 1ul << i;

			acquired |= 1ul << i;
			return again ? NULL : &devices[i];
		}
	return NULL;
}

const struct device *device_get(solo5_handle_t handle, unsigned type)
{
	/* of handle 0, too */
	uint64_t i = handle - 1;

	return i < device_count && devices[i].type == type ? &devices[i] : NULL;
}
