/* SPDX-License-Identifier: ISC */
/* object.h -- what relocatable objects and archives define and want */
#ifndef OBJECT_H
#define OBJECT_H

#include "base/strings.h"
#include "target/architecture.h"

struct object {
	const char *path;
	const char *source;             /* what it was compiled from, for messages; NULL if it wasn't; set before object_read */
	struct strings undefined;       /* global symbols that it needs */
	struct strings defined;         /* global symbols that it defines */
	bool landing_pads;              /* every function begins with one: indirect branches to it can be checked */
	bool executable_stack;          /* it asks for one */
};

/*
 * Fills in object, zeroed but for its source. Reads an object, or an archive with all its members. Anything but
 * relocatable ELF for the architecture is an error; false then.
 */
bool object_read(struct object *object, const char *path, const struct architecture *architecture);

#endif
