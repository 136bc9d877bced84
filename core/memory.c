/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- lays out guest memory and checks every address that the guest passes
 *
 * The image's segments are mappings of the appliance's file: text is shared with every
 * other running copy, data is copied by the page when it is written.
 * memory.size bounds the host memory that the guest can use: the low pages and
 * everything from IMAGE_ADDRESS to the top.
 */
#include "memory.h"

#include <errno.h>
#include <sys/mman.h>

#include "machine/image.h"
#include "machine/layout.h"
#include "monitor.h"
#include "vm.h"

/* a smaller guest has small pages only: one large page, touched once, would dominate its cost */
#define LARGE_PAGES_FROM (64ul << 20)

/* the start of a larger guest's heap has small pages, too, so that a guest which needs little costs little */
#define LARGE_PAGES_BEYOND (4ul << 20)

struct memory memory;

/*
 * Makes no call for a range without room for a large page. madvise fails on a
 * kernel without large pages, which does no harm.
 */
static void pages_choose(uint64_t data)
{
	const struct arrangement *at = &memory.arrangement;
	uint64_t start = data, end = at->top;
	int advice = MADV_NOHUGEPAGE;

	if (memory.size >= LARGE_PAGES_FROM) {
		start = LARGE_PAGE_ROUND_UP(image.end + LARGE_PAGES_BEYOND);
		end = at->heap_end;
		advice = MADV_HUGEPAGE;
	}
	if (LARGE_PAGE_ROUND_UP(start) + LARGE_PAGE <= end)
		madvise(memory.base + start, end - start, advice);
}

void memory_create(void)
{
	uint64_t data = IMAGE_ADDRESS + image.text_size;
	struct arrangement *at = &memory.arrangement;
	uint64_t least;

	/* option_mem and the generator have checked that it isn't too much */
	if (arrange(at, vm_low_size(memory.size), IMAGE_ADDRESS, image.end, memory.size, CONFIG_STACK_KB * 1024ul, &least) != ARRANGEMENT_FITS)
		fail("--mem=%lu: too little; this guest needs %lu KiB", memory.size >> 20, least >> 10);
	if (!vm_memory_reserve())
		fail("--mem=%lu: reserve addresses for guest memory:", memory.size >> 20);
	memory.stack_top = at->stack_end;
	pages_choose(data);
	vm_memory_create();
}

bool heap_has(const void *buffer, uint64_t size)
{
	uint64_t start = (uint64_t)((const uint8_t *)buffer - memory.base), end = memory.arrangement.heap_end;

	return start >= image.end && start <= end && size <= end - start;
}

uint64_t memory_map_file(int descriptor, uint64_t size, bool writable, void **host)
{
	/* beyond 4 GiB and the guest's own memory; leaves enough of the addresses that tables can map */
	static uint64_t next = 1ul << 32;
	uint64_t top = memory.arrangement.top, mapped = PAGE_ROUND_UP(size), address;
	void *range;

	while (next <= top)
		next <<= 1;
	address = next;
	range = vm_reserve(address, address + mapped);
	if (!range || mmap(range, mapped, PROT_READ | (writable ? PROT_WRITE : 0), MAP_SHARED | MAP_FIXED,
	    descriptor, 0) == MAP_FAILED || !vm_memory_add(address, range, mapped, writable))
		return 0;
	/* nothing is mapped between one and the next */
	next = LARGE_PAGE_ROUND_UP(address + mapped + LARGE_PAGE);
	*host = range;
	return address;
}

void memory_fault_explain(uint64_t address)
{
	const struct arrangement *at = &memory.arrangement;

	if (at->stack_start - 1 - address < GUEST_PAGE)
		message("  stack overflow; STACK_KB is %lu", (at->stack_end - at->stack_start) >> 10);
}

static bool within(uint64_t address, uint64_t size, uint64_t start, uint64_t end)
{
	return address >= start && address <= end && size <= end - address;
}

void *guest_memory(uint64_t address, uint64_t size, bool write)
{
	uint64_t start = write ? IMAGE_ADDRESS + image.text_size : IMAGE_ADDRESS;
	const struct arrangement *at = &memory.arrangement;

	if (!within(address, size, start, at->heap_end) && !within(address, size, at->stack_start, at->stack_end))
		return NULL;
	return memory.base + address;
}

void *guest_buffer(const char *call, const char *parameter, uint64_t address,
		   uint64_t count, size_t element, enum guest_access access)
{
	void *buffer;
	uint64_t size;

	if (!count)
		return memory.base + IMAGE_ADDRESS;     /* nothing is read or written there */
	if (__builtin_mul_overflow(count, element, &size) ||
	    !(buffer = guest_memory(address, size, access == GUEST_WRITE)))
		guest_end("hypercall %s: %s at 0x%lx, %lu elements of %lu bytes, is not in memory that the guest may %s",
			  call, parameter, address, count, (unsigned long)element,
			  access == GUEST_WRITE ? "write" : "read");
	return buffer;
}

void *shared_memory(const struct shared *shared, size_t size)
{
	if (shared->size && shared->size != size)
		fail("guest and host half disagree on the size of a shared variable: %lu and %lu bytes",
		     shared->size, (unsigned long)size);
	return shared->size ? memory.base + shared->address : NULL;
}
