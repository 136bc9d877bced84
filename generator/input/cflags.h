/* SPDX-License-Identifier: ISC */
/* cflags.h -- compiler options that an application may have, and the paths in them */
#ifndef CFLAGS_H
#define CFLAGS_H

#include "base/strings.h"

/* why an option can't be, as what is accepted instead; NULL if it can */
const char *cflag_refusal(const char *word);

/* makes the paths of -I and the like, which are relative to folder, absolute: compilers run elsewhere */
void cflags_resolve(struct strings *words, const char *folder);

#endif
