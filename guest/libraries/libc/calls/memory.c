/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- anonymous memory: the guest's heap, handed out in whole pages
 *
 * Below top, what is not handed out is in holes: a list by address, each hole's
 * record in its first bytes, no two adjacent. Above top all is free, and from
 * touched on it was never handed out, so it is zero. What is handed out is
 * always zero, as mmap promises.
 *
 * Large ranges go back to the host when they are freed, and again before they are
 * handed out, if some of them was used: to clear them would take longer, and memory.
 * Where the host may back the heap with large pages, only whole ones go back: half of
 * one would leave small pages, each of which is a fault of its own when it is touched again.
 *
 * The guest can't change what it may do with its memory: all of the heap is
 * readable and writable, whatever protection a program asks for, never executable.
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
 * RETURN_FROM: bytes that take longer to clear than the exit which it takes to return them.
 * LARGE_FROM: a smaller heap has no large pages; monitors back those of guests from 64 MiB.
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

/* gives the host what it is worth to give back of a range: that is zero then; how much, and from where on */
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

/* all of the heap is the C library's from now on */
hidden void guest_memory_start(struct solo5_start_info *info)
{
	end = (info->heap_start + info->heap_size) & -(uintptr_t)PAGE;
	start = top = touched = pages_round(info->heap_start);
	/* a heap of less than a page has none */
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

/* takes pages from the end of what is free; 0 if there are not enough */
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

/* reads what a private mapping of a file has; content.c is there in programs that can open files */
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
	/* anonymous memory is shared with nobody, since there is nobody else */
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

/* of a range, what is in a hole already stays there */
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

/* there are private copies only: nothing is to be written back */
long guest_sys_msync(uintptr_t place, size_t size, long flags)
{
	if (place % PAGE || flags & ~(MS_ASYNC | MS_SYNC | MS_INVALIDATE) || (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
		return -EINVAL;
	return size && !range_is_taken(place, pages_round(size)) ? -ENOMEM : 0;
}

/* the break is where it was: musl's allocator then asks for pages */
long guest_sys_brk(void)
{
	return (long)start;
}

/* advice may be ignored, but for what makes memory zero */
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
