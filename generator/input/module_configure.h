/* SPDX-License-Identifier: ISC */
/*
 * module_configure.h -- drops the statements of a module that don't apply in one configuration
 *
 * A statement with "if SYMBOL" adds to its module's arrays as others do. What it
 * added is recorded, and removed unless the symbol is y.
 */
#ifndef MODULE_CONFIGURE_H
#define MODULE_CONFIGURE_H

#include "input/module.h"

/* the lengths of a module's arrays */
struct module_counts {
	size_t items[32];
};

struct module_counts module_count(struct module *module);

/* records that everything added since `before` applies only if the symbol is y */
void module_make_optional(struct module *module, const struct module_counts *before, const char *symbol);

/* true if the Kconfig symbol (without CONFIG_) is y */
typedef bool symbol_test(void *context, const char *symbol);

/* Removes what doesn't apply, and reports uses of it; the caller calls errors_exit. */
void module_configure(struct module *module, symbol_test *is_set, void *context);

#endif
