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

char *build_path(const struct composition *composition, const char *name);

/* the object of a module's source; kind is "guest" or "monitor": obj/KIND/MODULE-FOLDER-FILE.o */
char *object_of(const char *kind, const char *module, const char *source);

#endif
