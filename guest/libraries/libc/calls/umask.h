/* SPDX-License-Identifier: ISC */
/* umask.h -- the permissions that new files don't get */
#ifndef GUEST_UMASK_H
#define GUEST_UMASK_H

#include <sys/stat.h>

mode_t guest_umask(void);

#endif
