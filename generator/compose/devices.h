/* SPDX-License-Identifier: ISC */
/* devices.h -- the manifest's devices, held against the modules that back them */
#ifndef DEVICES_H
#define DEVICES_H

#include "compose/composition.h"

/* Checks types, and what is said of each device; exits with status 1 after an error. */
void devices_check(const struct composition *composition);

/* how many of the manifest's first so many devices are of a type */
size_t devices_of_type(const struct manifest *manifest, const char *type, size_t first);

#endif
