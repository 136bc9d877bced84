/* SPDX-License-Identifier: ISC */
/* needs.h -- which modules an application needs, from its devices and from the functions that it uses */
#ifndef NEEDS_H
#define NEEDS_H

#include "compose/composition.h"
#include "input/object.h"

struct needs {
	struct need *items;
	size_t count;
};

/*
 * The undefined symbols of the application as one object decide: a module's
 * function needs the module, and a device of its type in the manifest. Reports
 * functions without their device, and warns of devices that are never used.
 */
struct needs *needs_find(const struct composition *composition);

#endif
