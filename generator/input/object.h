/* SPDX-License-Identifier: ISC */
/* object.h -- what relocatable objects and archives define and want */
#ifndef OBJECT_H
#define OBJECT_H

#include "base/strings.h"
#include "target/architecture.h"

struct object {
	const char *path;
	const char *source;             /* what it was compiled from, for messages; NULL if it wasn't; set before object_read */
	struct strings undefined;       /* global symbols that it needs: some relocation of what is loaded names them */
	struct strings weak;            /* the same, of weak ones, which may stay undefined: they are 0 then */
	struct strings defined;         /* global symbols that it defines */
	struct strings sections;        /* that are loaded and whose names are C identifiers */
	bool landing_pads;              /* every function begins with one: indirect branches to it can be checked */
	struct strings old_arrays;      /* .ctors, .dtors, .ctors.NUMBER, ...: lists of functions that the linker would drop */
	bool executable_stack;          /* it asks for one */
	bool ifuncs;                    /* it has functions that resolvers choose */
	bool destructors;
	uint64_t tls_alignment;         /* of variables that each thread has its own of; 0: it has none */
	bool thread_guard;              /* its stack protector finds the guard by the thread pointer, where the processor has such */
};

struct objects {
	struct object *items;
	size_t count;
};

/*
 * Fills in object, zeroed but for its source. Reads an object, or an archive with all its members. Anything but
 * relocatable ELF for the architecture is an error; false then.
 */
bool object_read(struct object *object, const char *path, const struct architecture *architecture);

/* Adds the members of an archive, whose paths are their names there; anything else is fatal. */
void archive_read(struct objects *members, const char *path, const struct architecture *architecture);

/*
 * NAME of __start_NAME and __stop_NAME, which stand for the bounds of section
 * NAME; NULL of other symbols. The name is a C identifier: linkers know bounds of no other.
 */
const char *object_section_asked(const char *symbol);

#endif
