/* SPDX-License-Identifier: ISC */
/* response_file.h -- command lines as compilers and linkers read them: words, some of them in response files */
#ifndef RESPONSE_FILE_H
#define RESPONSE_FILE_H

#include "base/strings.h"

/* Appends words, with what @FILE holds in place of each such word; a file that can't be read stays as it is, as for GCC. */
void response_file_expand(struct strings *list, int count, char **words);

/* Appends the words of text, as a response file has them. */
void response_file_split(struct strings *list, const char *text);

/* Writes words so that GCC and ld read them back from @path. */
void response_file_write(const char *path, const struct strings *list);

#endif
