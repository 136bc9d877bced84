/* SPDX-License-Identifier: ISC */
/* words.h -- command lines as compilers and linkers read them: words, some of them in response files */
#ifndef WORDS_H
#define WORDS_H

#include "base/strings.h"

/* Appends words, with what @FILE holds in place of each such word; a file that can't be read stays as it is, as for GCC. */
void words_expand(struct strings *list, int count, char **words);

/* Appends the words of text, as a response file has them. */
void words_split(struct strings *list, const char *text);

/* Writes words so that GCC and ld read them back from @path. */
void words_write(const char *path, const struct strings *list);

#endif
