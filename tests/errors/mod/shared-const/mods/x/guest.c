/* SPDX-License-Identifier: ISC */
/* x/guest.c -- shares what it must not */
#include "guest.h"

const int shared_numbers[4] = {1, 2, 3, 4};
int x_first(void);

int x_first(void)
{
	return *(const volatile int *)shared_numbers;
}
