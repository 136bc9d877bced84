/* SPDX-License-Identifier: ISC */
/* object.h -- what relocatable objects and archives define and refer to */
#ifndef OBJECT_H
#define OBJECT_H

#include "base/strings.h"
#include "target/architecture.h"

struct object {
	const char *path;
	const char *source;             /* the source that ukgen compiled it from, for messages; NULL: none; set before object_read */
	struct strings undefined;       /* undefined global symbols that a relocation of a loaded section uses */
	struct strings weak;            /* the same for weak symbols, which may remain undefined and are 0 then */
	struct strings defined;         /* global symbols that it defines */
	struct strings sections;        /* loaded ones whose names are C identifiers */
	bool landing_pads;              /* every function begins with one, so that indirect branches can be checked */
	struct strings old_arrays;      /* .ctors, .dtors, .ctors.NUMBER, ...: lists of functions that the linker would drop */
	bool executable_stack;          /* it asks for one */
	bool ifuncs;                    /* it has indirect functions */
	bool destructors;
	uint64_t tls_alignment;         /* of thread-local variables; 0: it has none */
	bool thread_guard;              /* its stack protector reads the guard through the thread pointer */
};

struct objects {
	struct object *items;
	size_t count;
};

/*
 * Reads an object, or an archive with all its members, into object, which is zeroed
 * except for source. False after an error: anything but relocatable ELF for the
 * architecture.
 */
bool object_read(struct object *object, const char *path, const struct architecture *architecture);

/* Adds the members of an archive, with their names there as paths; anything else is fatal. */
void archive_read(struct objects *members, const char *path, const struct architecture *architecture);

/*
 * NAME of __start_NAME and __stop_NAME, the bounds of section NAME; NULL for other
 * symbols. Linkers define bounds only if NAME is a C identifier.
 */
const char *object_section_asked(const char *symbol);

#endif
