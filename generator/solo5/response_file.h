/* SPDX-License-Identifier: ISC */
/* response_file.h -- response files of compilers and linkers: @FILE stands for words in a file */
#ifndef RESPONSE_FILE_H
#define RESPONSE_FILE_H

#include "base/strings.h"

/* Appends words, each @FILE replaced by its content; if the file can't be read the word is kept, as GCC does. */
void response_file_expand(struct strings *list, int count, char **words);

/* Appends the words of text, which is in the format of response files. */
void response_file_split(struct strings *list, const char *text);

/* Writes words so that GCC and ld can read them from @path. */
void response_file_write(const char *path, const struct strings *list);

#endif
