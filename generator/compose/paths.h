/* SPDX-License-Identifier: ISC */
/*
 * paths.h -- the files of BUILDDIR
 *
 * BUILDDIR holds gen/ (generated sources), obj/ (objects), NAME.guest.elf (the
 * guest with debug information) and NAME.monitor.elf (the appliance before
 * symbols are stripped).
 */
#ifndef PATHS_H
#define PATHS_H

#include "compose/composition.h"

/* the manifest's name, for heads of files: in one line, whatever characters are in it */
char *manifest_shown(const struct manifest *manifest);

char *build_path(const struct composition *composition, const char *name);

/*
 * The object that a source is compiled to: obj/OWNER/FILE.o, where FILE is the
 * source's place below folder. Sources from elsewhere go by their own folder's
 * name and theirs.
 */
char *object_of(const char *owner, const char *folder, const char *source);

/* of a module's source; half is "guest" or "monitor" */
char *module_object(const char *half, const struct module *module, const char *source);

#endif
