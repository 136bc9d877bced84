/* SPDX-License-Identifier: ISC */
/* load.h -- makes many changes, and reports them on the console */
#ifndef LOAD_H
#define LOAD_H

#include <stdint.h>

/*
 * Prints "has KEY VALUE" for each key that there is, and "ready"; then does count
 * changes that follow from seed, and prints "put KEY VALUE" or "del KEY" before
 * each, and "ok" when it is on the disk.
 */
void load(uint64_t seed, uint64_t count);

#endif
