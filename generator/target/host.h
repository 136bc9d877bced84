/* SPDX-License-Identifier: ISC */
/* host.h -- what the generator needs to know of a host: what runs the guest for the monitor */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct host {
	const char *name;       /* as in core/NAME/, guest/NAME/ and --host=NAME */
	const char *symbol;     /* of Kconfig */
	const char *title;      /* in menuconfig */
	const char *abi;        /* the ABI of Solo5's that it corresponds to */
	const char *isolation;  /* of guest from monitor: "virtual machine", "process" */
	/*
	 * The image begins with a low image: what the processor needs to trap, and page
	 * tables. A process host has none, and uses the protections of the process.
	 */
	bool has_tables;
	uint64_t low_address;           /* of boot info; the page above it is that of arguments */
	uint64_t image_address;         /* of the guest's first segment */
	const char *start_object;       /* the C library's, with which the monitor begins */
	const char *link_flags;         /* of the monitor; templates/NAME/appliance.ld is its linker script */
};

/* the i-th, the default first; NULL after the last */
const struct host *host_at(size_t i);

/* the one of that name, or NULL */
const struct host *host_named(const char *name);

#endif
