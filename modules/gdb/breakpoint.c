/* SPDX-License-Identifier: ISC */
/* breakpoint.c -- replaces instructions of the guest by breakpoints, and keeps the originals */
#include "breakpoint.h"

#include <string.h>

#include "debug.h"

enum { BREAKPOINTS_MAX = 256 };

static struct breakpoint {
	uint64_t address;
	bool used;
	uint8_t code[BREAKPOINT_MAX];   /* the original */
} breakpoints[BREAKPOINTS_MAX];

static struct breakpoint *breakpoint_find(uint64_t address)
{
	for (unsigned i = 0; i < BREAKPOINTS_MAX; i++)
		if (breakpoints[i].used && breakpoints[i].address == address)
			return &breakpoints[i];
	return NULL;
}

bool breakpoint_is_at(uint64_t address)
{
	return breakpoint_find(address);
}

bool breakpoint_add(uint64_t address)
{
	struct breakpoint *free = NULL;

	if (breakpoint_find(address))
		return true;
	for (unsigned i = 0; i < BREAKPOINTS_MAX && !free; i++)
		if (!breakpoints[i].used)
			free = &breakpoints[i];
	if (!free || memory_read(address, free->code, breakpoint_size) != breakpoint_size)
		return false;
	free->address = address;
	free->used = true;
	debug_write(address, breakpoint_code, breakpoint_size);
	return true;
}

void breakpoint_remove(uint64_t address)
{
	struct breakpoint *breakpoint = breakpoint_find(address);

	if (!breakpoint)
		return;
	debug_write(address, breakpoint->code, breakpoint_size);
	breakpoint->used = false;
}

void breakpoints_clear(void)
{
	for (unsigned i = 0; i < BREAKPOINTS_MAX; i++)
		if (breakpoints[i].used)
			breakpoint_remove(breakpoints[i].address);
}

/* copies the bytes where a breakpoint and a range of memory overlap, to or from the saved original */
static void breakpoint_share(struct breakpoint *breakpoint, uint64_t address, uint8_t *to, const uint8_t *from, size_t size)
{
	for (unsigned i = 0; breakpoint->used && i < breakpoint_size; i++) {
		uint64_t offset = breakpoint->address + i - address;

		if (offset >= size)
			continue;
		if (to)
			to[offset] = breakpoint->code[i];
		else
			breakpoint->code[i] = from[offset];
	}
}

size_t memory_read(uint64_t address, void *to, size_t size)
{
	size_t done = debug_read(address, to, size);

	for (unsigned i = 0; i < BREAKPOINTS_MAX; i++)
		breakpoint_share(&breakpoints[i], address, to, NULL, done);
	return done;
}

size_t memory_write(uint64_t address, const void *from, size_t size)
{
	size_t done = debug_write(address, from, size);

	for (unsigned i = 0; i < BREAKPOINTS_MAX; i++) {
		breakpoint_share(&breakpoints[i], address, NULL, from, done);
		if (breakpoints[i].used)
			debug_write(breakpoints[i].address, breakpoint_code, breakpoint_size);
	}
	return done;
}
