/* SPDX-License-Identifier: ISC */
/*
 * guest.h -- what the guest half of a module may use
 *
 * A module's guest.c includes this header and defines the functions of its api
 * line. hypercall_NAME, generated from the .mod file, leaves the guest and
 * returns what host_NAME returned.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"                /* generated: struct boot_info, device counts */
#include "calls.h"              /* generated: hypercall_NAME */
#include "config.h"             /* generated: CONFIG_ values from Kconfig */
#include "machine/layout.h"
#include "solo5.h"

/* filled in by the monitor, which updates parts of it during hypercalls */
#define boot_info ((const volatile struct boot_info *)BOOT_INFO_ADDRESS)

#include "counter.h"            /* the host's counter_read */

/* one device of the manifest; its handle is its index + 1, as in Solo5 */
struct device {
	const char *name;
	unsigned type;          /* DEVICE_BLOCK_BASIC: gen/abi.h */
	unsigned index;         /* among the devices of its type: what hypercalls take */
};

extern const struct device devices[];
extern const unsigned device_count;

/* acquires the device with that name and type; NULL if there is none or it was acquired before */
const struct device *device_find(const char *name, unsigned type);

/* the device with that handle and type, or NULL */
const struct device *device_get(solo5_handle_t handle, unsigned type);

static inline solo5_handle_t device_handle(const struct device *device)
{
	return (solo5_handle_t)(device - devices) + 1;
}

#endif
