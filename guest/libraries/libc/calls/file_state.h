/* SPDX-License-Identifier: ISC */
/* file_state.h -- struct stat as fstat fills it in; musl's header can be included only once */
#ifndef GUEST_FILE_STATE_H
#define GUEST_FILE_STATE_H

#include <sys/stat.h>

#include "kstat.h"

#endif
