/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- guest memory in the monitor's process: at the guest's own addresses, with page protections
 *
 * The kernel maps the image in place, with its protections, when it executes the
 * appliance, and the low pages with the monitor's own variables
 * (templates/process/appliance.ld).
 *
 * Text and constants, which only a debugger writes while the guest runs, are then mapped
 * twice: at the guest's address as always, and writable at a random one. No mapping
 * changes once the filter is installed, which allows neither mmap nor mprotect.
 *
 * Boot info is writable to the guest, as the monitor's variables behind it are. The
 * monitor never uses what it reads there.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "arch.h"
#include "machine/image.h"
#include "machine/layout.h"
#include "machine/paging.h"
#include "memory.h"
#include "monitor.h"
#include "process/process.h"
#include "vm.h"

/* the linker script places them at ARGUMENTS_ADDRESS and BOOT_INFO_ADDRESS; the monitor's other variables follow */
struct hypercall_page hypercall_page __attribute__((aligned(64), section(".bss.arguments")));
struct boot_info boot_info_place __attribute__((aligned(64), section(".bss.boot_info")));

/* where a debugger writes text and constants, which the guest sees read-only */
static uint8_t *text_alias;

uint64_t vm_low_size(uint64_t memory_size)
{
	(void)memory_size;
	return LOW_PAGES_SIZE;
}

/* addresses far below those that the kernel gives libraries and stacks */
uint64_t vm_memory_most(void)
{
	return 1ul << 40;
}

static void *pointer(uint64_t address)
{
	return (void *)(uintptr_t)address;
}

/* reserves free addresses; NULL and errno on failure */
static void *range_take(uint64_t start, uint64_t end, int protection)
{
	void *range = start == end ? pointer(start) : mmap(pointer(start), end - start, protection,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

	if (range == pointer(start))
		return range;
	if (range != MAP_FAILED)        /* before Linux 4.17 the kernel takes the address for a hint */
		errno = EEXIST;
	if (errno == EEXIST)
		fail("guest memory belongs at 0x%lx to 0x%lx, where something else is mapped already; "
		     "start it without what maps memory there, or with less --mem", start, end);
	return NULL;
}

void *vm_reserve(uint64_t start, uint64_t end)
{
	return range_take(start, end, PROT_NONE);
}

/*
 * Makes pages of a mapping as inaccessible as if nothing were mapped there. Guards
 * leave it one mapping, which is cheaper at start and exit; kernels before Linux 6.13 have none.
 */
static bool range_guard(uint64_t start, uint64_t end)
{
	enum { GUARD_INSTALL = 102 };           /* asm-generic/mman-common.h: MADV_GUARD_INSTALL */

	return !madvise(pointer(start), end - start, GUARD_INSTALL) || !munmap(pointer(start), end - start);
}

/*
 * Moves the stack to where the kernel has mapped one already, if it is as large: right
 * below the arguments, in whose page it begins, with nothing mapped below its last page.
 * All else is heap then.
 */
static bool stack_is_mapped(struct arrangement *at)
{
	uint64_t size = (uintptr_t)low_stack_size;

	if (at->stack_end - at->stack_start != size)
		return false;
	at->heap_end = at->top = at->stack_start;
	at->stack_end = ARGUMENTS_ADDRESS;
	at->stack_start = ARGUMENTS_ADDRESS - size;
	return true;
}

/* Holes remain unmapped: the filter forbids mapping, and before that the kernel chooses no addresses there. */
bool vm_memory_reserve(void)
{
	struct arrangement *at = &memory.arrangement;
	bool guarded = stack_is_mapped(at);

	return range_take(IMAGE_ADDRESS + image.text_size + image.data_size, at->top, PROT_READ | PROT_WRITE) &&
		(guarded || range_guard(at->heap_end, at->stack_start));
}

static void protect(uint64_t start, uint64_t size, int protection)
{
	if (size && mprotect(pointer(start), size, protection))
		fail("protect guest memory at 0x%lx:", start);
}

static uint8_t *memory_twice(uint64_t size)
{
	uint8_t *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		fail("memory:");
	return memory;
}

/* maps the same pages again (an old size of 0: mremap(2)), at a guest address */
static void memory_show(uint8_t *alias, uint64_t size, uint64_t address)
{
	if (mremap(alias, 0, size, MREMAP_MAYMOVE | MREMAP_FIXED, pointer(address)) == MAP_FAILED)
		fail("map guest memory at 0x%lx:", address);
	protect(address, size, PROT_READ);
}

void vm_memory_create(void)
{
	arch_text_guard(pointer(IMAGE_ADDRESS), image_guarded_size);
}

bool vm_memory_add(uint64_t address, void *host, uint64_t size, bool writable)
{
	/* it is at the guest's address, with its final protection */
	(void)address, (void)host, (void)size, (void)writable;
	return true;
}

bool vm_memory_find(uint64_t address, unsigned *access, uint64_t *size)
{
	const struct arrangement *at = &memory.arrangement;
	uint64_t data = IMAGE_ADDRESS + image.text_size;
	const struct {
		uint64_t start, end;
		unsigned access;
	} ranges[] = {
		{PAGE_ROUND_DOWN(ARGUMENTS_ADDRESS), PAGE_ROUND_UP(BOOT_INFO_ADDRESS + sizeof(struct boot_info)), ACCESS_USER | ACCESS_WRITE},
		{IMAGE_ADDRESS, IMAGE_ADDRESS + image_code_size, ACCESS_USER | ACCESS_EXECUTE},
		{IMAGE_ADDRESS + image_code_size, data, ACCESS_USER},
		{data, at->heap_end, ACCESS_USER | ACCESS_WRITE},
		{PAGE_ROUND_DOWN(at->stack_start), at->stack_end, ACCESS_USER | ACCESS_WRITE},
	};

	*size = GUEST_PAGE;
	for (unsigned i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (address >= ranges[i].start && address < ranges[i].end) {
			*access = ranges[i].access;
			return true;
		}
	return false;
}

void *vm_memory_writable(uint64_t address)
{
	if (text_alias && address - IMAGE_ADDRESS < image.text_size)
		return text_alias + (address - IMAGE_ADDRESS);
	return pointer(address);
}

void vm_text_unlock(void)
{
	text_alias = memory_twice(image.text_size);
	memcpy(text_alias, pointer(IMAGE_ADDRESS), image.text_size);
	memory_show(text_alias, image.text_size, IMAGE_ADDRESS);
	protect(IMAGE_ADDRESS, image_code_size, PROT_READ | PROT_EXEC);
	arch_text_guard(pointer(IMAGE_ADDRESS), image_guarded_size);
}

struct boot_info *boot_info(void)
{
	return &boot_info_place;
}
