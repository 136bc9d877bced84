/* SPDX-License-Identifier: ISC */
/* application.h -- compiles the application alone and joins it to one object */
#ifndef APPLICATION_H
#define APPLICATION_H

#include "compose/composition.h"
#include "input/object.h"

/* Builds BUILDDIR/app.o and reads its symbols and sections, on which everything else depends. */
void application_build(struct composition *composition);

#endif
