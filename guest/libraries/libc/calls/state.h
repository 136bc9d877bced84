/* SPDX-License-Identifier: ISC */
/* state.h -- what is known of a file, as fstat has it; musl's header may be included once only */
#ifndef GUEST_STATE_H
#define GUEST_STATE_H

#include <sys/stat.h>

#include "kstat.h"

#endif
