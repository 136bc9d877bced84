/* SPDX-License-Identifier: ISC */
/* module_threads.h -- what core.mod lets every thread do */
#ifndef MODULE_THREADS_H
#define MODULE_THREADS_H

#include "input/module.h"

/* replaces the core's system calls "each thread" and "with thread" by those of the threads that these modules have */
void modules_apply_threads(struct modules *modules);

#endif
