/* SPDX-License-Identifier: ISC */
/* say.h -- prints what calls return, for programs that must do the same as a guest and as a process */
#ifndef SAY_H
#define SAY_H

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* what a call returned, and errno if it failed */
#define SAY(call) \
	do { \
		long long result_; \
		errno = 0; \
		result_ = (long long)(call); \
		printf("%s: %lld %s\n", #call, result_, result_ == -1 ? strerror(errno) : ""); \
	} while (0)

#define HOLDS(condition) printf("%s: %s\n", #condition, (condition) ? "yes" : "no")

#endif
