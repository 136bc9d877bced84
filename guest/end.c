/* SPDX-License-Identifier: ISC */
/* end.c -- the two ways in which an application ends itself */
#include "guest.h"

void solo5_exit(int status)
{
	modules_finish();
	for (;;)
		hypercall_exit((uint64_t)status);
}

void solo5_abort(void)
{
	for (;;)
		hypercall_abort();
}
