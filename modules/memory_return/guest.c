/* SPDX-License-Identifier: ISC */
/* memory_return/guest.c -- uk_memory_return */
#include "guest.h"
#include "uk.h"

solo5_result_t uk_memory_return(void *pages, size_t size)
{
	return (solo5_result_t)hypercall_memory_return(pages, size);
}
