/* SPDX-License-Identifier: ISC */
/* memory.c -- guest memory as a debugger sees it: everything mapped, whatever the guest's own access rights */
#include "debug.h"

#include <string.h>

#include "machine/paging.h"
#include "memory.h"
#include "vm.h"

/* whether address is mapped; *end is where that may change */
static bool is_mapped(uint64_t address, unsigned *access, uint64_t *end)
{
	uint64_t size;
	bool found = vm_memory_find(address, access, &size);

	*end = (address | (size - 1)) + 1;
	return found && !(*access & ACCESS_DEVICE);
}

bool debug_range(uint64_t address, struct debug_range *range)
{
	uint64_t top = memory.arrangement.top, end;
	unsigned access;

	for (; address < top && !is_mapped(address, &access, &end); address = end)
		;
	if (address >= top)
		return false;
	*range = (struct debug_range){.start = address, .end = end, .access = access};
	while (range->end < top && is_mapped(range->end, &access, &end) && access == range->access)
		range->end = end;
	return true;
}

/* what was written may be code */
static void code_copy(uint8_t *to, const uint8_t *from, size_t size)
{
	memcpy(to, from, size);
	__builtin___clear_cache((char *)to, (char *)to + size);
}

/* exactly one of to and from is given */
static size_t debug_copy(uint64_t address, void *to, const void *from, size_t size)
{
	size_t done = 0;
	unsigned access;
	uint64_t end;

	while (done < size && address + done < memory.arrangement.top && is_mapped(address + done, &access, &end)) {
		uint64_t left = end - (address + done);
		size_t part = left < size - done ? left : size - done;

		if (to)
			memcpy((uint8_t *)to + done, memory.base + address + done, part);
		else
			code_copy(vm_memory_writable(address + done), (const uint8_t *)from + done, part);
		done += part;
	}
	return done;
}

size_t debug_read(uint64_t address, void *to, size_t size)
{
	return debug_copy(address, to, NULL, size);
}

size_t debug_write(uint64_t address, const void *from, size_t size)
{
	return debug_copy(address, NULL, from, size);
}

void debug_text_unlock(void)
{
	vm_text_unlock();
}

const void *debug_memory(uint64_t address)
{
	return memory.base + address;
}
