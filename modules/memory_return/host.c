/* SPDX-License-Identifier: ISC */
/*
 * memory_return/host.c -- returns pages of the guest's heap to the kernel
 *
 * Only pages of the heap: it is anonymous memory, so they read as zeroes when
 * they are next touched.
 */
#include "core.h"

#include <sys/mman.h>

enum { PAGE = 4096 };

int64_t host_memory_return(uint8_t *pages, uint64_t size)
{
	/* of nothing there is no address */
	if (!size)
		return RESULT_OK;
	if ((uintptr_t)pages % PAGE || size % PAGE || !heap_has(pages, size))
		return RESULT_INVALID;
	return madvise(pages, size, MADV_DONTNEED) ? RESULT_UNSPECIFIED : RESULT_OK;
}
