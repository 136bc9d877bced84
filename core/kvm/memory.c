/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- guest memory under KVM: memory slots, and page tables that the guest can't reach
 *
 * The generator made the low image: boot info, arguments, what the processor
 * needs to trap, and page tables that map the image. The monitor adds heap,
 * stack and what modules map.
 */
#include <errno.h>
#include <sys/mman.h>

#include "arch.h"
#include "kvm/kvm.h"
#include "machine/image.h"
#include "machine/layout.h"
#include "machine/paging.h"
#include "memory.h"
#include "monitor.h"
#include "vm.h"

#define GUARD LARGE_PAGE        /* inaccessible host addresses below and above a range of guest memory */

static struct page_tables tables;

uint64_t vm_low_size(uint64_t memory_size)
{
	return image_low_end - LOW_ADDRESS + page_tables_room(memory_size);
}

uint64_t vm_memory_most(void)
{
	return page_tables_most(LOW_END - image_low_end);
}

/* guest and host addresses agree modulo 2 MiB, so that large pages can back large pages */
void *vm_reserve(uint64_t start, uint64_t end)
{
	uint8_t *range = mmap(NULL, end - start + 2 * GUARD + LARGE_PAGE, PROT_NONE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (range == MAP_FAILED)
		return NULL;
	return range + GUARD + (start - ((uintptr_t)range + GUARD)) % LARGE_PAGE;
}

static void memory_zero(uint64_t start, uint64_t end)
{
	if (start < end && mmap(memory.base + start, end - start, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED)
		fail("guest memory:");
}

/* moves pages from where the kernel mapped the appliance's file */
static void memory_place(void *segment, uint64_t size, uint64_t address)
{
	if (size && mremap(segment, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, memory.base + address) == MAP_FAILED)
		fail("place the image:");
}

bool vm_memory_reserve(void)
{
	uint64_t data = IMAGE_ADDRESS + image.text_size;
	uint8_t *low = vm_reserve(LOW_ADDRESS, memory.arrangement.top);

	if (!low)
		return false;
	memory.base = low - LOW_ADDRESS;
	memory_zero(data + image.data_size, memory.arrangement.top);
	memory_place(image_text, image.text_size, IMAGE_ADDRESS);
	memory_place(image_data, image.data_size, data);
	return true;
}

static bool slot_try(uint64_t address, void *host, uint64_t size, bool writable)
{
	static unsigned slot;
	struct kvm_userspace_memory_region region = {
		.slot = slot++,
		.flags = writable ? 0 : KVM_MEM_READONLY,
		.guest_phys_addr = address,
		.memory_size = size,
		.userspace_addr = (uintptr_t)host,
	};

	return !ioctl(kvm_vm, KVM_SET_USER_MEMORY_REGION, &region);
}

static void slot_add(uint64_t address, void *host, uint64_t size, bool writable)
{
	if (!slot_try(address, host, size, writable))
		fail("set the guest's memory (0x%lx, %lu KiB):", address, size >> 10);
}

void vm_memory_create(void)
{
	const struct arrangement *at = &memory.arrangement;
	uint64_t data = IMAGE_ADDRESS + image.text_size;
	uint64_t given = CONFIG_MEMORY_STEP_MB ? demand_begin() : at->heap_end;

	memory_zero(LOW_ADDRESS, at->low_end);
	memory_place(image_low, image_low_end - image_low_start, image_low_start);
	tables = (struct page_tables){
		.format = &ARCH_PAGING,
		.memory = memory.base,
		.root = TABLES_ADDRESS,
		.next = image_low_end,
		.end = at->low_end,
	};
	if (!page_tables_map(&tables, image.end, given, ACCESS_USER | ACCESS_WRITE) ||
	    !page_tables_map(&tables, at->stack_start, at->top, ACCESS_USER | ACCESS_WRITE))
		fail("--mem=%lu: page tables for so much memory don't fit", memory.size >> 20);
	slot_add(LOW_ADDRESS, memory.base + LOW_ADDRESS, at->low_end - LOW_ADDRESS, true);
	slot_add(IMAGE_ADDRESS, memory.base + IMAGE_ADDRESS, image.text_size, false);
	if (given == at->heap_end) {
		slot_add(data, memory.base + data, at->top - data, true);
	} else {
		slot_add(data, memory.base + data, given - data, true);
		slot_add(at->stack_start, memory.base + at->stack_start, at->top - at->stack_start, true);
	}
}

bool kvm_heap_give(uint64_t start, uint64_t end)
{
	return slot_try(start, memory.base + start, end - start, true) &&
		page_tables_map(&tables, start, end, ACCESS_USER | ACCESS_WRITE);
}

/*
 * Pages for the page tables of size bytes from a 2 MiB boundary: one per GiB and
 * for the unaligned ends, and one of small pages. The guest doesn't control what a
 * module maps, so this isn't taken from memory.size.
 */
static bool tables_grow(uint64_t size)
{
	uint64_t more = (size / (LARGE_PAGE * 512) + 3) * GUEST_PAGE;

	if (more > LOW_END - tables.end)
		return false;
	memory_zero(tables.end, tables.end + more);
	slot_add(tables.end, memory.base + tables.end, more, true);
	tables.end += more;
	return true;
}

bool vm_memory_add(uint64_t address, void *host, uint64_t size, bool writable)
{
	if (!tables_grow(size) ||
	    !page_tables_map(&tables, address, address + size, ACCESS_USER | (writable ? ACCESS_WRITE : 0))) {
		errno = EFBIG;
		return false;
	}
	slot_add(address, host, size, writable);
	return true;
}

bool vm_memory_find(uint64_t address, unsigned *access, uint64_t *size)
{
	return page_tables_find(&tables, address, access, size);
}

void *vm_memory_writable(uint64_t address)
{
	return memory.base + address;
}

void vm_text_unlock(void)
{
	/* the mapping is private: this changes neither other appliances nor the file */
	if (mprotect(memory.base + IMAGE_ADDRESS, image.text_size, PROT_READ | PROT_WRITE))
		fail("make the guest's text writable for the debugger:");
}

struct boot_info *boot_info(void)
{
	return (void *)(memory.base + LOW_ADDRESS);
}

uint64_t kvm_tables_root(void)
{
	return tables.root;
}
