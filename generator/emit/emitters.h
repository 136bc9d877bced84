/* SPDX-License-Identifier: ISC */
/* emitters.h -- the emitted files: each function writes one or a few, and only if they changed */
#ifndef EMITTERS_H
#define EMITTERS_H

#include "compose/composition.h"

struct guest;

void emit_app_ninja(const struct composition *composition);     /* app.ninja: the application's objects, linked to app.o */
void emit_guest_ninja(const struct composition *composition);   /* guest.ninja: with the modules' guest halves, and linked */
void emit_core_ninja(const struct composition *composition);    /* core.ninja: the monitor's core */
void emit_build_ninja(const struct composition *composition);   /* build.ninja: the rest of the monitor, and the appliance */

/* the objects in BUILDDIR that these files compile, sorted */
const struct strings *emitted_objects(void);

/* Files that include many small sources: compiling them as one takes a quarter of the time. The first two return their path. */
const char *emit_core(const struct composition *composition);         /* gen/core.c: all of the core */
const char *emit_guest(const struct composition *composition);        /* gen/guest.c: all of the bindings, and gen/devices.c */
void emit_generated(const struct composition *composition);     /* gen/generated.c: the monitor's generated sources */

void emit_links(const struct composition *composition);          /* gen/uapi/, gen/ukgen: to Linux's headers and ukgen's files */
void emit_abi(const struct composition *composition);           /* gen/abi.h: arguments and boot info */
void emit_library_config(const struct composition *composition);        /* gen/libraries/NAME_config.h: those of a library */
void emit_config(const struct composition *composition);        /* gen/config.h: Kconfig's values */
void emit_handlers(const struct composition *composition);      /* gen/handlers.h: prototypes of what host.c files define */
void emit_hooks(const struct composition *composition);         /* gen/hooks.h: calls of their hooks */
void emit_calls_header(const struct composition *composition);  /* gen/calls.h: hypercalls as the guest makes them */
void emit_calls_source(const struct composition *composition);  /* gen/calls.c: those that have a number */
void emit_dispatch(const struct composition *composition);      /* gen/dispatch.c: unmarshallers and switch */
void emit_devices(const struct composition *composition);       /* gen/devices.c: the guest's device table */
void emit_files(const struct composition *composition);         /* gen/files.*: the manifest's "files" */
void emit_mounts(const struct composition *composition);        /* gen/mounts.c: the manifest's "mounts" */
void emit_tables(const struct composition *composition);        /* gen/tables.c: options, device configuration */
void emit_filter(const struct composition *composition);        /* gen/filter.c: seccomp programs */
void emit_image(const struct composition *composition, const struct guest *guest);      /* gen/image.*: the guest laid out */
void emit_shared(const struct composition *composition, const struct guest *guest);     /* gen/shared.c: where the guest's shared variables are */
void emit_description(const struct composition *composition, const struct guest *guest);        /* gen/description.json: what --describe and inspect show */
void emit_package(const struct composition *composition, const struct guest *guest);    /* gen/package.note, gen/build-id.note: what it was made from */

#endif
