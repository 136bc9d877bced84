/* SPDX-License-Identifier: ISC */
/* elftool.h -- solo5-elftool, which is ukgen under another name */
#ifndef ELFTOOL_H
#define ELFTOOL_H

/* words are those behind the program's name; the exit status */
int elftool(int count, char **words);

#endif
