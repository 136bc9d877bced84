/* SPDX-License-Identifier: ISC */
/* appliance_write.h -- the last step: the packed file gets its build id, and becomes the appliance */
#ifndef APPLIANCE_WRITE_H
#define APPLIANCE_WRITE_H

#include "compose/composition.h"

/* Replaces the appliance as a whole, and only if it is another one; fatal on failure. */
void appliance_write(const struct composition *composition);

#endif
