/* SPDX-License-Identifier: ISC */
/* symbols.h -- undefined symbols: which object refers to one, and what could define it */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include "compose/composition.h"

/* the symbol of an unwinder that wants an index of .eh_frame (templates/guest.ld) */
#define EH_FRAME_INDEX "__eh_frame_hdr_start"

/* the input that refers to a symbol, as the user named it */
const char *symbol_user(const struct composition *composition, const char *symbol);

/* the module whose guest half offers a function to applications; NULL if none does */
const struct module *symbol_module(const struct modules *modules, const char *symbol);

/*
 * Reports symbols that guest, the whole guest as one object, refers to but neither
 * the numbered calls nor the final link define; exits with status 1 if there are any.
 */
void symbols_check(const struct composition *composition, const struct object *guest);

#endif
