/* SPDX-License-Identifier: ISC */
/* library_names.h -- functions of libraries that an application needs because it names something: "named" in NAME.lib */
#ifndef LIBRARY_NAMES_H
#define LIBRARY_NAMES_H

#include "compose/composition.h"

/* Adds those that app.o, which has been read, refers to and lacks. True if there is a new one: app.o must be linked again. */
bool library_names_add(struct composition *composition);

#endif
