/* SPDX-License-Identifier: ISC */
/* symbols.h -- what objects leave undefined: who wants it, who gives it */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include "compose/composition.h"

/* the input whose object refers to a symbol, as the user named it */
const char *symbol_user(const struct composition *composition, const char *symbol);

/* the module whose guest half offers a function to applications; NULL if none does */
const struct module *symbol_module(const struct modules *modules, const char *symbol);

/*
 * Reports what guest, all of the guest linked to itself, refers to and neither
 * the numbered calls nor the final link define; exits with status 1 then.
 */
void symbols_check(const struct composition *composition, const struct object *guest);

#endif
