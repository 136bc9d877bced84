/* SPDX-License-Identifier: ISC */
/* selection.h -- the modules that Kconfig chooses for an appliance */
#ifndef SELECTION_H
#define SELECTION_H

#include "compose/composition.h"
#include "compose/needs.h"

/* the core, as for every module: its description, and what the architecture's adds */
struct module *core_read(const struct composition *composition, symbol_test *is_set, void *context);

/* what Kconfig is asked */
struct kconfig kconfig_of(const struct composition *composition, const struct needs *needs);

/* The modules that Kconfig chose, read again for what their "if" lines give; exits with status 1 after an error. */
void modules_select(struct composition *composition, const struct needs *needs);

#endif
