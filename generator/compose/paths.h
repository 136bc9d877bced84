/* SPDX-License-Identifier: ISC */
/*
 * paths.h -- the files of BUILDDIR
 *
 * BUILDDIR holds gen/ (generated sources), obj/ (objects), NAME.guest.elf (the
 * guest with debug information), NAME.monitor.elf (the appliance before
 * symbols are stripped) and NAME.packed (before it has its build id).
 */
#ifndef PATHS_H
#define PATHS_H

#include "compose/composition.h"

/* in BUILDDIR: links to linux/, asm/, asm-generic/ */
#define LINUX_HEADERS "gen/uapi"

/* in BUILDDIR: a link to ukgen's own folder, by which generated sources name its files; "ukgen" in objects */
#define OWN_FILES "gen/ukgen"

/* the manifest's name for the head of generated files, as one line */
char *manifest_shown(const struct manifest *manifest);

/* NAME.packed: the appliance but for its build id */
char *packed_name(const struct composition *composition);

char *build_path(const struct composition *composition, const char *name);

/*
 * The object that a source is compiled to: obj/OWNER/FILE.o, where FILE is the
 * source's path below folder, or for sources elsewhere the name of their folder
 * and their own.
 */
char *object_of(const char *owner, const char *folder, const char *source);

/* of a module's source; half is "guest" or "monitor" */
char *module_object(const char *half, const struct module *module, const char *source);

#endif
