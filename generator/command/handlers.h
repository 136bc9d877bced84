/* SPDX-License-Identifier: ISC */
/* handlers.h -- what modules' host halves must define, held against their objects */
#ifndef HANDLERS_H
#define HANDLERS_H

#include "compose/composition.h"

/* The objects are compiled by now. A function that is missing is an error at its line in the .mod file; exits with status 1 then. */
void handlers_check(const struct composition *composition);

#endif
