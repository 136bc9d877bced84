/* SPDX-License-Identifier: ISC */
/* file_state.h -- what is known of a file, as fstat has it; musl's header may be included once only */
#ifndef GUEST_FILE_STATE_H
#define GUEST_FILE_STATE_H

#include <sys/stat.h>

#include "kstat.h"

#endif
