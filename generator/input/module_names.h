/* SPDX-License-Identifier: ISC */
/* module_names.h -- finds names that two modules use */
#ifndef MODULE_NAMES_H
#define MODULE_NAMES_H

#include "input/module.h"

/* reports each name of a hypercall, function, option, descriptor, thread, helper or device type that two modules define */
void modules_check_names(const struct modules *modules);

#endif
