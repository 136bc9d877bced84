/* SPDX-License-Identifier: ISC */
/* module_references.h -- checks that everything a module's statements use is declared */
#ifndef MODULE_REFERENCES_H
#define MODULE_REFERENCES_H

#include "input/module.h"

/* reports each reference that finds nothing, from the first-th on */
void module_references_check(const struct module *module, size_t first);

#endif
