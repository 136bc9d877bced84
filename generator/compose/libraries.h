/* SPDX-License-Identifier: ISC */
/* libraries.h -- what Kconfig chooses for guest libraries */
#ifndef LIBRARIES_H
#define LIBRARIES_H

#include "compose/composition.h"

/* Has Kconfig choose for the libraries, before anything is compiled, and drops their sources that don't apply. */
void libraries_configure(struct composition *composition);

/* Checks that the whole of Kconfig has chosen the same. */
void libraries_check(const struct composition *composition);

#endif
