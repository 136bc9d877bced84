/* SPDX-License-Identifier: ISC */
/* devices.h -- checks the manifest's devices against the modules that back them */
#ifndef DEVICES_H
#define DEVICES_H

#include "compose/composition.h"

/* Finds the module of each device and checks its properties; exits with status 1 after an error. */
void devices_check(struct composition *composition);

#endif
