/* SPDX-License-Identifier: ISC */
/* load.h -- many changes, told on the console */
#ifndef LOAD_H
#define LOAD_H

#include <stdint.h>

/*
 * Does count changes that follow from seed. Prints "put KEY VALUE" or "del KEY"
 * before each, and "ok" when it is on the disk.
 */
void load(uint64_t seed, uint64_t count);

#endif
