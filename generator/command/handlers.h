/* SPDX-License-Identifier: ISC */
/* handlers.h -- checks that modules' host halves define what their .mod files promise */
#ifndef HANDLERS_H
#define HANDLERS_H

#include "compose/composition.h"

/* To be called once the objects are compiled. A missing function is an error at its line in the .mod file; exits with status 1. */
void handlers_check(const struct composition *composition);

#endif
