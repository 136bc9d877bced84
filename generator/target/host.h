/* SPDX-License-Identifier: ISC */
/* host.h -- what the generator needs to know of a host: what runs the guest for the monitor */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>
#include <stddef.h>

struct host {
	const char *name;       /* as in core/NAME/, guest/NAME/ and --host=NAME */
	const char *symbol;     /* Kconfig's */
	const char *title;      /* in menuconfig */
	const char *abi;        /* which of Solo5's ABIs it takes the place of */
	const char *isolation;  /* what is between guest and monitor */
	/*
	 * The image begins with low pages of the generator's: what the processor
	 * needs to trap, and page tables. Without them the process's own
	 * protections take their place.
	 */
	bool has_tables;
};

/* the i-th, the default first; NULL behind the last */
const struct host *host_at(size_t i);

#endif
