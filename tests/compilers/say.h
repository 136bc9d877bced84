/* SPDX-License-Identifier: ISC */
/* say.h -- what the programs of this folder print: lines of a word and a number */
#ifndef SAY_H
#define SAY_H

#include <solo5.h>

#ifdef __cplusplus
extern "C" {
#endif

void say(const char *word, long number);

#ifdef __cplusplus
}
#endif

#endif
