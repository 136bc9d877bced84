/* SPDX-License-Identifier: ISC */
/* environment.h -- the environment of compilers, linkers and ninja */
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

/*
 * It keeps the variables that say where programs and temporary files are and how
 * to address the user. Of the many that change the output of compilers (CPATH,
 * GCC_EXEC_PREFIX, GNUTARGET, ...) it has SOURCE_DATE_EPOCH alone, the time that
 * __DATE__ shows, 0 if unset. So the same inputs give the same bytes.
 */
char **environment_of_tools(void);

/* the same without the user's language: what programs say of themselves becomes part of an appliance */
char **environment_untranslated(void);

/* the value of SOURCE_DATE_EPOCH in it */
const char *environment_date(void);

#endif
