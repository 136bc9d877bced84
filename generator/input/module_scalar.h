/* SPDX-License-Identifier: ISC */
/* module_scalar.h -- the types of the description language: u8 to u64, i8 to i64 */
#ifndef MODULE_SCALAR_H
#define MODULE_SCALAR_H

#include "input/module_line.h"

struct scalar {
	const char *name;       /* "u64" */
	const char *type;       /* in C: "uint64_t" */
	unsigned size;
	bool is_signed;
};

const struct scalar *scalar_find(const char *name);     /* NULL if there is none */

/* reports a word that isn't a type; parameter: "in", "device" and the like are accepted as well */
void scalar_unknown(struct line *line, const char *at, const char *word, bool parameter);

#endif
