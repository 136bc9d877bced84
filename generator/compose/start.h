/* SPDX-License-Identifier: ISC */
/* start.h -- begins a composition from the manifest and the command line */
#ifndef START_H
#define START_H

#include "compose/composition.h"
#include "compose/request.h"

/* true for names that files in a build folder have, which an appliance there can't have */
bool name_is_kept(const char *name);

/* Reads the manifest and the description of every module there is; exits with status 1 after an error. */
struct composition *composition_start(const struct request *request);

/* The same with an appliance's manifest, and its configuration as far as request->choices don't say otherwise. */
struct composition *composition_start_recorded(const struct request *request, const struct recorded *recorded);

#endif
