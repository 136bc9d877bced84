/* SPDX-License-Identifier: ISC */
/* verify_causes.h -- what two appliances record of why they differ */
#ifndef VERIFY_CAUSES_H
#define VERIFY_CAUSES_H

#include <jansson.h>
#include <stdbool.h>

/* Prints the tools, inputs and settings that are others; false if none is. A record may be anything, and NULL. */
bool causes_compare(const json_t *made, const json_t *here);

#endif
