/* SPDX-License-Identifier: ISC */
/* lock.h -- locks of parts of files */
#ifndef GUEST_LOCK_H
#define GUEST_LOCK_H

#include "descriptor.h"

struct flock;

/* F_GETLK, F_SETLK, F_SETLKW */
long lock_record(const struct file *file, long command, struct flock *lock);

#endif
