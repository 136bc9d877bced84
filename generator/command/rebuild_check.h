/* SPDX-License-Identifier: ISC */
/* rebuild_check.h -- does a guest that was compiled elsewhere fit the monitor that is made here? */
#ifndef REBUILD_CHECK_H
#define REBUILD_CHECK_H

#include "compose/composition.h"

/* Both report every reason why not, and then exit with status 1: after the modules are selected, */
void rebuild_check(const struct composition *composition);

/* and after emit_abi. */
void rebuild_check_interface(const struct composition *composition);

#endif
