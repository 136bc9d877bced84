/* SPDX-License-Identifier: ISC */
/* check.h -- shared by the programs here, which try all values of a small world and end at the first failure */
#ifndef CHECK_H
#define CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define CHECK(good) do { \
	if (!(good)) { \
		fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #good); \
		abort(); \
	} \
} while (0)

static uint64_t cases;

static inline int proved(void)
{
	printf("%lu cases\n", (unsigned long)cases);
	return 0;
}

#endif
