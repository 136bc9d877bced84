/* SPDX-License-Identifier: ISC */
/* module_names.h -- names that must not be used by two modules */
#ifndef MODULE_NAMES_H
#define MODULE_NAMES_H

#include "input/module.h"

/* reports each name of a hypercall, function, option, descriptor, thread, helper or device type that two modules have */
void modules_check_names(const struct modules *modules);

#endif
