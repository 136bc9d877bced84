/* SPDX-License-Identifier: ISC */
/* console/guest.c -- solo5.h's console */
#include "guest.h"

void solo5_console_write(const char *text, size_t size)
{
	hypercall_console_write((const uint8_t *)text, size);
}
