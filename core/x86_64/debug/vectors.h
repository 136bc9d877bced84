/* SPDX-License-Identifier: ISC */
/* vectors.h -- what a debugger calls the exceptions of x86-64 */
#ifndef VECTORS_H
#define VECTORS_H

#include "debug.h"

/* a debug exception is a step; it may have been a watchpoint */
struct trap trap_of_vector(uint64_t vector);

#endif
