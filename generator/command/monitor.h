/* SPDX-License-Identifier: ISC */
/* monitor.h -- makes the monitor of a composition, and packs it with the guest */
#ifndef MONITOR_H
#define MONITOR_H

#include "compose/composition.h"
#include "input/guest_elf.h"

/* Emits what doesn't depend on hypercall numbers. The modules are selected. */
void monitor_emit(struct composition *composition);

/* Begins to compile the core, which takes longest. */
void monitor_begin(const struct composition *composition);

/* Emits and compiles the rest, and writes the appliance. The hypercalls have their numbers. */
void monitor_finish(const struct composition *composition, const struct guest *guest);

#endif
