/* SPDX-License-Identifier: ISC */
/*
 * module_configure.h -- the statements of a module that count in one configuration
 *
 * A statement with "if SYMBOL" adds to its module's arrays as others do; what it
 * added is noted, and goes again unless the symbol is y.
 */
#ifndef MODULE_CONFIGURE_H
#define MODULE_CONFIGURE_H

#include "input/module.h"

/* how long each of a module's arrays is */
struct module_counts {
	size_t items[32];
};

struct module_counts module_count(struct module *module);

/* notes that what was added since before counts only if the symbol is y */
void module_make_optional(struct module *module, const struct module_counts *before, const char *symbol);

/* true if the Kconfig symbol (without CONFIG_) is y */
typedef bool symbol_test(void *context, const char *symbol);

/* Leaves out what doesn't count, and reports what is used of it all the same; the caller calls errors_exit. */
void module_configure(struct module *module, symbol_test *is_set, void *context);

#endif
