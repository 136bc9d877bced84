/* SPDX-License-Identifier: ISC */
/*
 * holdings.h -- what an appliance holds: its description, its record, and the parts of its file
 *
 * The appliance may come from anywhere: all of it is untrusted.
 */
#ifndef HOLDINGS_H
#define HOLDINGS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum { HOLDINGS_PARTS = 5 };

/* a part of the file */
struct holding {
	const char *name;
	size_t size;
};

struct holdings {
	json_t *description;
	json_t *record;         /* what it was made from; NULL if it has none */
	const char *build_id;   /* hexadecimal digits; NULL if it has none */
	bool build_id_fits;     /* the file was not changed since */
	struct holding parts[HOLDINGS_PARTS];   /* what is left of the file, the monitor, is the last */
	size_t size;            /* of the file */
};

/* Fatal for what isn't an appliance; command is the one to name. */
void holdings_read(struct holdings *holdings, const char *command, const char *path);

#endif
