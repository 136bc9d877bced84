/* SPDX-License-Identifier: ISC */
/* module_threads.h -- applies core.mod's system calls for every thread to the existing threads */
#ifndef MODULE_THREADS_H
#define MODULE_THREADS_H

#include "input/module.h"

/* replaces the core's system calls for "each thread" and "with thread" by ones for the threads of these modules */
void modules_apply_threads(struct modules *modules);

#endif
