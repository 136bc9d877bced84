/* SPDX-License-Identifier: ISC */
/*
 * composition.h -- everything that one run of the generator knows of one appliance
 *
 * main.c fills it from left to right; the emitters (emit/, one source a file
 * that is emitted) read it. BUILDDIR holds gen/ (generated sources), obj/ (objects),
 * NAME.guest.elf (the guest with debug information) and NAME.monitor.elf (the
 * appliance before symbols are stripped).
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

struct composition {
	const struct architecture *architecture;
	struct toolchain toolchain;
	const char *root;               /* folder of core/, guest/, modules/, templates/ */
	const char *build;              /* BUILDDIR, absolute */
	const char *appliance;          /* absolute */
	bool verbose;
	const struct manifest *manifest;
	struct libraries libraries;     /* what the manifest names, and what that needs */
	struct strings inputs;          /* sources, objects and archives of manifest and command line, absolute; then the libraries' */
	size_t own_count;               /* of the inputs, how many are no library's */
	struct object *objects;         /* one an input, read when it is first asked for: input_read */
	size_t object_count;
	struct strings sections;        /* of the application, to be kept whole: it asks for their bounds */
	struct modules available;       /* the core first, then by name */
	struct modules selected;        /* the same, of those that Kconfig chose */
	const struct config *config;
	unsigned hypercall_count;
};

struct guest;

/* the module that backs a device type, among available or selected ones; NULL if none does */
struct module *composition_device_module(const struct modules *modules, const char *type);

/* the fixed numbers of a module's descriptor: the first, and how many there are (one a device) */
void composition_descriptor(const struct modules *modules, const char *name, size_t *first, size_t *count);

/* paths inside BUILDDIR */
char *build_path(const struct composition *composition, const char *name);

/* the object of a module's source; kind is "guest" or "monitor": obj/KIND/MODULE-FOLDER-FILE.o */
char *object_of(const char *kind, const char *module, const char *source);

/* true for what is compiled; false for objects and archives */
bool input_is_source(const char *path);

/* the library whose source input i is; NULL for the application's own */
const struct library *input_library(const struct composition *composition, size_t i);

/* the object that input i is, or that is compiled from it */
const char *input_object(const struct composition *composition, size_t i);

/* what input i defines and wants; a source must be compiled by now */
const struct object *input_read(const struct composition *composition, size_t i);

/*
 * Asks ninja whether the build files of an earlier run leave anything to do. If
 * not, the runs below are left out, until a file is emitted that was not there
 * or had another content.
 */
void ninja_settle(const struct composition *composition);

/* runs ninja for one target of a build file in BUILDDIR; exits with status 1 if it fails */
void ninja_run(const struct composition *composition, const char *file, const char *target);

/* the same without waiting for it, for a build file that no other run uses meanwhile; ninja_end waits */
void ninja_begin(const struct composition *composition, const char *file, const char *target);
/* ninja_run that leaves a processor to the one that was begun */
void ninja_run_beside(const struct composition *composition, const char *file, const char *target);
void ninja_end(void);

/* --- emitters: each writes its files and touches nothing that did not change --- */

void emit_app_ninja(const struct composition *composition);     /* app.ninja: the application's objects, linked to app.o */
void emit_guest_ninja(const struct composition *composition);   /* guest.ninja: with the modules' guest halves, and linked */
void emit_core_ninja(const struct composition *composition);    /* core.ninja: the monitor's core */
void emit_build_ninja(const struct composition *composition);   /* build.ninja: the rest of the monitor, and the appliance */

/* Files that include many small sources: to compile them as one takes a quarter of the time. The first two return their path. */
char *emit_core(const struct composition *composition);         /* gen/core.c: all of the core */
char *emit_guest(const struct composition *composition);        /* gen/guest.c: all of the bindings, and gen/devices.c */
void emit_generated(const struct composition *composition);     /* gen/generated.c: the monitor's generated sources */

void emit_abi(const struct composition *composition);           /* gen/abi.h: arguments and boot info */
void emit_config(const struct composition *composition);        /* gen/config.h: Kconfig's values */
void emit_handlers(const struct composition *composition);      /* gen/handlers.h: what host.c files define */
void emit_calls_header(const struct composition *composition);  /* gen/calls.h: hypercalls as the guest makes them */
void emit_calls_source(const struct composition *composition);  /* gen/calls.c: those that have a number */
void emit_dispatch(const struct composition *composition);      /* gen/dispatch.c: unmarshallers and switch */
void emit_devices(const struct composition *composition);       /* gen/devices.c: the guest's device table */
void emit_tables(const struct composition *composition);        /* gen/tables.c: options, hooks, device configuration */
void emit_filter(const struct composition *composition);        /* gen/filter.c: seccomp programs */
void emit_image(const struct composition *composition, const struct guest *guest);      /* gen/image.*: the guest laid out */
void emit_shared(const struct composition *composition, const struct guest *guest);     /* gen/shared.c: where the guest's shared variables are */
void emit_description(const struct composition *composition, const struct guest *guest);        /* gen/description.json: what --describe and inspect show */

#endif
