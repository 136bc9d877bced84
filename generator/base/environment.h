/* SPDX-License-Identifier: ISC */
/* environment.h -- the environment of compilers, linkers and ninja */
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

/*
 * Of ours, what says where programs and temporary files are, and how to talk to
 * the user; of the many variables that change what compilers make (CPATH,
 * GCC_EXEC_PREFIX, GNUTARGET, ...) SOURCE_DATE_EPOCH alone, the time that
 * __DATE__ tells: 0 if it is not set. The same inputs give the same bytes.
 */
char **environment_of_tools(void);

/* the value of SOURCE_DATE_EPOCH in it */
const char *environment_date(void);

#endif
