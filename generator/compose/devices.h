/* SPDX-License-Identifier: ISC */
/* devices.h -- the manifest's devices, held against the modules that back them */
#ifndef DEVICES_H
#define DEVICES_H

#include "compose/composition.h"

/* Finds the module of each device and checks what is said of it; exits with status 1 after an error. */
void devices_check(struct composition *composition);

#endif
