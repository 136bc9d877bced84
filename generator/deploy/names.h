/* SPDX-License-Identifier: ISC */
/* names.h -- what registries, clusters and units call an application */
#ifndef NAMES_H
#define NAMES_H

/*
 * The name in small letters and digits. Of the characters in between, single ones
 * of the set are kept, and '-' takes the place of others. It begins and ends with a letter or digit.
 */
char *name_lower(const char *name, const char *between);

#endif
