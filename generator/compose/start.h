/* SPDX-License-Identifier: ISC */
/* start.h -- what is known of an appliance from its manifest and the command line */
#ifndef START_H
#define START_H

#include "compose/composition.h"
#include "compose/request.h"

/* true for a name that one of the files in a build folder has: no appliance can have it there */
bool name_is_kept(const char *name);

/* Reads the manifest and the description of every module there is; exits with status 1 after an error. */
struct composition *composition_start(const struct request *request);

#endif
