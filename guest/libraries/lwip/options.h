/* SPDX-License-Identifier: ISC */
/* options.h -- walks through the options of a header of TCP */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "lwip/arch.h"

struct options {
	const u8_t *at;
	unsigned left;          /* bytes */
};

/* the next option but for padding: its kind, its length, both included, and what it says; NULL: there is none, or it isn't whole */
const u8_t *options_next(struct options *options);

#endif
