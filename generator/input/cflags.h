/* SPDX-License-Identifier: ISC */
/* cflags.h -- checks an application's compiler options, and makes paths in them absolute */
#ifndef CFLAGS_H
#define CFLAGS_H

#include "base/strings.h"

/* why an option is refused, as what is accepted instead; NULL if it is fine */
const char *cflag_refusal(const char *word);

/* makes paths of -I and the like, relative to folder, absolute, since compilers run elsewhere */
void cflags_resolve(struct strings *words, const char *folder);

#endif
