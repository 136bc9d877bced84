/* SPDX-License-Identifier: ISC */
/* watchpoint.c -- the processor's watchpoints, and those done by stepping the guest */
#include "watchpoint.h"

#include <string.h>

#include "breakpoint.h"
#include "debug.h"

enum { WATCHPOINTS_MAX = 16, VALUE_MAX = 64 };

static struct watchpoint {
	uint64_t address, size;         /* size 0: free */
	bool reads, steps;
	uint8_t value[VALUE_MAX];       /* if it steps */
} watchpoints[WATCHPOINTS_MAX];

static bool processor_watches;

void watchpoints_test(void)
{
	processor_watches = watch_test();
}

bool watchpoints_work(void)
{
	return processor_watches;
}

static struct watchpoint *watchpoint_find(uint64_t address, uint64_t size, bool reads)
{
	for (unsigned i = 0; i < WATCHPOINTS_MAX; i++) {
		struct watchpoint *watchpoint = &watchpoints[i];

		if (watchpoint->size == size && (!size || (watchpoint->address == address && watchpoint->reads == reads)))
			return watchpoint;
	}
	return NULL;
}

enum watchpoint_result watchpoint_add(uint64_t address, uint64_t size, bool reads)
{
	struct watchpoint *free = watchpoint_find(0, 0, false);

	if (!size || !free)
		return WATCHPOINT_TOO_MANY;
	if (watchpoint_find(address, size, reads))
		return WATCHPOINT_SET;
	*free = (struct watchpoint){.address = address, .reads = reads};
	if (!processor_watches || !watch_add(address, size, reads)) {
		if (reads)
			return WATCHPOINT_NEVER;
		if (size > VALUE_MAX || memory_read(address, free->value, size) != size)
			return WATCHPOINT_TOO_MANY;
		free->steps = true;
	}
	free->size = size;
	return WATCHPOINT_SET;
}

void watchpoint_remove(uint64_t address, uint64_t size, bool reads)
{
	struct watchpoint *watchpoint = size ? watchpoint_find(address, size, reads) : NULL;

	if (!watchpoint)
		return;
	if (!watchpoint->steps)
		watch_remove(address, size, reads);
	watchpoint->size = 0;
}

void watchpoints_clear(void)
{
	for (unsigned i = 0; i < WATCHPOINTS_MAX; i++)
		watchpoint_remove(watchpoints[i].address, watchpoints[i].size, watchpoints[i].reads);
}

bool watchpoints_step(void)
{
	for (unsigned i = 0; i < WATCHPOINTS_MAX; i++)
		if (watchpoints[i].size && watchpoints[i].steps)
			return true;
	return false;
}

bool watchpoints_changed(uint64_t *address)
{
	bool changed = false;

	for (unsigned i = 0; i < WATCHPOINTS_MAX; i++) {
		struct watchpoint *watchpoint = &watchpoints[i];
		uint8_t value[VALUE_MAX];

		if (!watchpoint->size || !watchpoint->steps)
			continue;
		memory_read(watchpoint->address, value, watchpoint->size);
		if (!memcmp(value, watchpoint->value, watchpoint->size))
			continue;
		memcpy(watchpoint->value, value, watchpoint->size);
		*address = watchpoint->address;
		changed = true;
	}
	return changed;
}
