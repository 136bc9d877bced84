/* SPDX-License-Identifier: ISC */
/* exception.h -- what a debugger calls the exceptions of 64-bit ARM */
#ifndef EXCEPTION_H
#define EXCEPTION_H

#include "debug.h"

/* class is of ESR_EL1 */
struct trap trap_of_class(unsigned class);

#endif
