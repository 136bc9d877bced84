/* SPDX-License-Identifier: ISC */
/*
 * composition.h -- everything that one run of the generator knows about one appliance
 *
 * start.c fills in what manifest and command line say, inputs.c the
 * application's files, selection.c the modules, calls.c numbers the hypercalls;
 * the emitters (emit/, one source a file that is emitted) read it.
 */
#ifndef COMPOSITION_H
#define COMPOSITION_H

#include "base/strings.h"
#include "input/kconfig.h"
#include "input/library.h"
#include "input/manifest.h"
#include "input/module.h"
#include "input/object.h"
#include "target/architecture.h"
#include "target/toolchain.h"

enum { DESCRIPTOR_FIRST = 100 };        /* fixed descriptors; what is inherited lies below */

/* a hypercall or a doorbell that some object of the guest refers to */
struct call {
	const char *symbol;             /* hypercall_NAME or doorbell_NAME, as the guest calls it */
	unsigned number, count;         /* its first number, and how many it has: a doorbell may have one per device */
	const struct module *module;
	const struct hypercall *hypercall;      /* one of these two is NULL */
	const struct doorbell *doorbell;
};

struct needs;
struct recorded;

struct composition {
	const struct architecture *architecture;
	const struct host *host;
	struct toolchain toolchain;
	const char *root;               /* folder of core/, guest/, modules/, templates/ */
	const char *build;              /* BUILDDIR, absolute */
	const char *appliance;          /* absolute */
	bool verbose, brief;            /* as struct request has them */
	struct manifest *manifest;
	const struct recorded *recorded;        /* the appliance whose guest gets a new monitor; NULL: there are sources */
	struct libraries libraries;     /* those that the manifest names, and those that they need */
	struct strings inputs;          /* sources, objects and archives of manifest and command line, absolute; then the libraries' */
	size_t own_count;               /* the number of inputs that aren't a library's */
	struct object *objects;         /* one per input, read at the first use: input_read */
	size_t object_count;
	struct objects members;         /* of the libraries' archives */
	struct object app;              /* the application as one object */
	bool thread;                    /* it needs thread-local storage and doesn't set it up itself */
	struct library_call *library_calls;     /* system calls of its libraries that it can make, sorted by name */
	size_t library_call_count;
	struct strings named;           /* functions of libraries that it needs for what it names: "named" in NAME.lib */
	struct strings sections;        /* of the application, to be kept whole: names of .ctors and the like, and C identifiers */
	struct modules available;       /* the core first, then by name */
	struct modules selected;        /* those that Kconfig chose, in the same order */
	const struct needs *needs;      /* why there are which modules */
	const struct config *config;
	struct config *library_config;  /* the same of the libraries' symbols, known before anything is compiled; NULL: there are none */
	struct call *calls;             /* that this guest makes, by number */
	size_t call_count;
	unsigned number_count;          /* how many numbers they have, from 0 on */
};

/* the fixed numbers of a module's descriptor: the first, and their count (one for each device) */
void composition_descriptor(const struct modules *modules, const char *name, size_t *first, size_t *count);

/* true if the guest uses the manifest's "files" */
bool composition_has_files(const struct composition *composition);

/* true if the guest uses the manifest's "mounts" */
bool composition_has_mounts(const struct composition *composition);

/* the manifest's environment; empty if no selected module passes it to the guest */
const struct strings *composition_environment(const struct composition *composition);

#endif
