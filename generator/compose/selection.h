/* SPDX-License-Identifier: ISC */
/* selection.h -- the modules that Kconfig chooses for an appliance */
#ifndef SELECTION_H
#define SELECTION_H

#include "compose/composition.h"
#include "compose/needs.h"

/* what Kconfig is asked */
struct kconfig kconfig_of(const struct composition *composition, const struct needs *needs);

/* The modules that Kconfig chose, with those of their statements that count; exits with status 1 after an error. */
void modules_select(struct composition *composition, const struct needs *needs);

#endif
