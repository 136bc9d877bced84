/* SPDX-License-Identifier: ISC */
/*
 * memory_return/host.c -- gives pages of the guest's heap back to the kernel
 *
 * Of the heap alone: it has nothing but memory of zeroes behind it, which the
 * pages are again when they are next touched.
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
