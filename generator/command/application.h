/* SPDX-License-Identifier: ISC */
/* application.h -- the application alone, compiled and linked to itself */
#ifndef APPLICATION_H
#define APPLICATION_H

#include "compose/composition.h"
#include "input/object.h"

/* Builds BUILDDIR/app.o and reads what it is, on which all that follows depends. */
void application_build(struct composition *composition);

#endif
