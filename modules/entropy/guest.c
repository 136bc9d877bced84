/* SPDX-License-Identifier: ISC */
/* entropy/guest.c -- uk.h's random bytes */
#include "guest.h"
#include "uk.h"

void uk_random(void *buf, size_t size)
{
	hypercall_random(buf, size);
}
