/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- anonymous memory: the guest's heap, handed out in whole pages
 *
 * Below top, free memory is in holes: a list sorted by address, with each hole's
 * record in its first bytes; no two are adjacent. Above top everything is free; from
 * touched on it was never allocated, so it is zero. Allocated memory is zero, as
 * mmap promises.
 *
 * Large ranges are returned to the host when they are freed, and, if part of them
 * was used, again before they are allocated: clearing them would take longer, and
 * memory. Where the host may back the heap with large pages, only whole large pages
 * are returned: the rest of a split one would be small pages, with a fault for each.
 *
 * The guest can't change the protection of its memory: the heap is readable and
 * writable, whatever protection a program asks for, and never executable.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <solo5.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <uk.h>

#include "descriptor.h"
#include "heap.h"

/*
 * RETURN_FROM: from this size on, returning memory, which is one exit, is faster than clearing it.
 * LARGE_FROM: smaller heaps have no large pages; monitors use these for guests of 64 MiB and more.
 */
enum { PAGE = 4096, RETURN_FROM = 1 << 20, LARGE_PAGE = 2 << 20, LARGE_FROM = 48 << 20 };

struct hole {
	size_t size;
	struct hole *next;
};

extern hidden weak long guest_sys_pread64(long descriptor, void *bytes, size_t size, off_t offset);
extern hidden weak __typeof(descriptor_file) descriptor_file;

static struct hole *holes;
static uintptr_t start, top, touched, end;

static size_t pages_round(size_t size)
{
	return (size + PAGE - 1) & -(size_t)PAGE;
}

/* returns to the host what is worth returning of a range, which is zero afterwards: sets where it begins, returns its size */
static size_t pages_return(uintptr_t place, size_t size, uintptr_t *from)
{
	uintptr_t least = end - start < LARGE_FROM ? PAGE : LARGE_PAGE, limit = (place + size) & -least;

	*from = (place + least - 1) & -least;
	if (size < RETURN_FROM || *from >= limit || uk_memory_return((void *)*from, limit - *from) != SOLO5_R_OK)
		return 0;
	return limit - *from;
}

static void pages_clear(uintptr_t place, size_t size)
{
	uintptr_t from;
	size_t returned = pages_return(place, size, &from);

	if (!returned)
		from = place;
	memset((void *)place, 0, from - place);
	memset((void *)(from + returned), 0, place + size - (from + returned));
}

/* from now on the C library owns the heap */
hidden void guest_memory_start(struct solo5_start_info *info)
{
	end = (info->heap_start + info->heap_size) & -(uintptr_t)PAGE;
	start = top = touched = pages_round(info->heap_start);
	/* a heap smaller than a page has no pages */
	if (end < start)
		end = start;
	info->heap_size = 0;
}

static void hole_shorten(struct hole **link, size_t size)
{
	struct hole *hole = *link, *rest = (struct hole *)((char *)hole + size);
	size_t left = hole->size - size;
	struct hole *next = hole->next;

	if (left) {
		rest->size = left;
		rest->next = next;
		next = rest;
	}
	*link = next;
}

/* takes pages from the end of free memory; 0 if there are not enough */
static uintptr_t top_take(size_t size)
{
	uintptr_t place = top;

	if (size > end - top)
		return 0;
	top += size;
	if (place < touched)
		pages_clear(place, (top < touched ? top : touched) - place);
	if (touched < top)
		touched = top;
	return place;
}

static uintptr_t pages_take(size_t size)
{
	for (struct hole **link = &holes; *link; link = &(*link)->next) {
		struct hole *hole = *link;

		if (hole->size < size)
			continue;
		hole_shorten(link, size);
		pages_clear((uintptr_t)hole, size);
		return (uintptr_t)hole;
	}
	return top_take(size);
}

static void pages_give(uintptr_t place, size_t size)
{
	struct hole **link = &holes, *before = NULL, *hole = (struct hole *)place;
	uintptr_t from;

	pages_return(place, size, &from);
	while (*link && (uintptr_t)*link < place) {
		before = *link;
		link = &before->next;
	}
	hole->size = size;
	hole->next = *link;
	*link = hole;
	if (hole->next && place + size == (uintptr_t)hole->next) {
		hole->size += hole->next->size;
		hole->next = hole->next->next;
	}
	if (before && (uintptr_t)before + before->size == place) {
		before->size += hole->size;
		before->next = hole->next;
		hole = before;
	}
	if ((uintptr_t)hole + hole->size == top) {
		top = (uintptr_t)hole;
		for (link = &holes; *link != hole; link = &(*link)->next)
			;
		*link = NULL;
	}
}

void memory_amounts(unsigned long *total, unsigned long *free)
{
	*total = end - start;
	*free = end - top;
	for (const struct hole *hole = holes; hole; hole = hole->next)
		*free += hole->size;
}

static int range_is_valid(uintptr_t place, size_t size)
{
	return place % PAGE == 0 && size && place >= start && place <= top && size <= top - place;
}

/* true if none of it is in a hole */
static int range_is_taken(uintptr_t place, size_t size)
{
	if (!range_is_valid(place, size))
		return 0;
	for (struct hole *hole = holes; hole && (uintptr_t)hole < place + size; hole = hole->next)
		if ((uintptr_t)hole + hole->size > place)
			return 0;
	return 1;
}

/* fills a private mapping of a file; content.c is linked into programs that can open files */
static long file_map(uintptr_t place, size_t size, long flags, long descriptor, long offset)
{
	long error;

	if (offset % PAGE)
		return -EINVAL;
	if ((flags & MAP_TYPE) != MAP_PRIVATE || !guest_sys_pread64)
		return -ENODEV;
	error = guest_sys_pread64(descriptor, (void *)place, size, offset);
	if (error == -EBADF)
		return descriptor_file && descriptor_file(descriptor) ? -EACCES : -EBADF;
	return error == -EIO ? -EIO : error < 0 ? -ENODEV : 0;
}

long guest_sys_mmap(uintptr_t place, size_t size, long protection, long flags, long descriptor, long offset)
{
	size_t bytes = pages_round(size);
	uintptr_t taken;

	if (!size || bytes < size)
		return size ? -ENOMEM : -EINVAL;
	if (protection & PROT_EXEC)
		return -EACCES;
	/* there is no other process to share anonymous memory with */
	if (flags & MAP_FIXED) {
		if (!(flags & MAP_ANONYMOUS))
			return -ENODEV;
		if (!range_is_taken(place, bytes))
			return -ENOMEM;
		pages_clear(place, bytes);
		return (long)place;
	}
	taken = pages_take(bytes);
	if (!taken)
		return -ENOMEM;
	if (!(flags & MAP_ANONYMOUS)) {
		long error = file_map(taken, size, flags, descriptor, offset);

		if (error) {
			pages_give(taken, bytes);
			return error;
		}
	}
	return (long)taken;
}

/* parts of the range that are free already stay so */
long guest_sys_munmap(uintptr_t place, size_t size)
{
	size_t bytes = pages_round(size);
	uintptr_t limit = place + bytes;

	if (place % PAGE || !size || bytes < size || limit < place)
		return -EINVAL;
	while (place < limit) {
		uintptr_t next = limit, behind = limit;

		for (struct hole *hole = holes; hole && (uintptr_t)hole < limit; hole = hole->next)
			if ((uintptr_t)hole + hole->size > place) {
				next = (uintptr_t)hole;
				behind = next + hole->size;
				break;
			}
		if (next > place && range_is_valid(place, next - place))
			pages_give(place, next - place);
		place = behind;
	}
	return 0;
}

/* the pages right behind a range, if they are free */
static int range_extend(uintptr_t place, size_t more)
{
	for (struct hole **link = &holes; *link; link = &(*link)->next)
		if ((uintptr_t)*link == place && (*link)->size >= more) {
			hole_shorten(link, more);
			pages_clear(place, more);
			return 1;
		}
	return place == top && top_take(more);
}

long guest_sys_mremap(uintptr_t place, size_t size, size_t wanted, long flags)
{
	size_t old = pages_round(size), new = pages_round(wanted);
	uintptr_t moved;

	if (flags & ~MREMAP_MAYMOVE || !wanted || new < wanted)
		return -EINVAL;
	if (!range_is_taken(place, old))
		return -EFAULT;
	if (new < old)
		pages_give(place + new, old - new);
	if (new <= old || range_extend(place + old, new - old))
		return (long)place;
	if (!(flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	moved = pages_take(new);
	if (!moved)
		return -ENOMEM;
	memcpy((void *)moved, (void *)place, old);
	pages_give(place, old);
	return (long)moved;
}

long guest_sys_mprotect(uintptr_t place, size_t size, long protection)
{
	if (place % PAGE)
		return -EINVAL;
	if (size && !range_is_taken(place, pages_round(size)))
		return -ENOMEM;
	return protection == (PROT_READ | PROT_WRITE) ? 0 : -EACCES;
}

/* mappings are private copies: nothing to write back */
long guest_sys_msync(uintptr_t place, size_t size, long flags)
{
	if (place % PAGE || flags & ~(MS_ASYNC | MS_SYNC | MS_INVALIDATE) || (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
		return -EINVAL;
	return size && !range_is_taken(place, pages_round(size)) ? -ENOMEM : 0;
}

/* the break doesn't move: musl's allocator then uses mmap */
long guest_sys_brk(void)
{
	return (long)start;
}

/* advice may be ignored, except for MADV_DONTNEED, which makes memory zero */
long guest_sys_madvise(uintptr_t place, size_t size, long advice)
{
	if (place % PAGE)
		return -EINVAL;
	if (size && !range_is_taken(place, pages_round(size)))
		return -ENOMEM;
	if (advice == MADV_DONTNEED && size)
		pages_clear(place, pages_round(size));
	return 0;
}
