/* SPDX-License-Identifier: ISC */
/*
 * samples/guest.c -- what the core knows of the guest: its exits, the time in it, its memory
 *
 * The thread that runs the guest counts; another one reads. That one takes the time
 * of a guest that runs right now, too: `entered` and `spent` are one value in two parts. The writer
 * clears `entered` before it adds to `spent`, so a reader that finds the same `entered` before and
 * after it read `spent` has counted nothing twice.
 */
#include <string.h>
#include <sys/mman.h>

#include "machine/image.h"
#include "machine/layout.h"
#include "memory.h"
#include "monitor.h"
#include "samples.h"

static uint64_t traps, signals;
static uint64_t entered, spent;         /* values of the counter; entered is 0 while the guest doesn't run */

void guest_samples_setup(void)
{
	counter_start();
}

void guest_samples_enter(void)
{
	__atomic_store_n(&entered, counter_now(), __ATOMIC_RELEASE);
}

void guest_samples_leave(int number)
{
	uint64_t took = counter_now() - entered;

	__atomic_store_n(&entered, 0, __ATOMIC_RELAXED);
	__atomic_store_n(&spent, spent + took, __ATOMIC_RELEASE);
	/* the guest of a process can leave by any number: dispatch ends it then */
	if (number >= 0 && (unsigned)number < call_count)
		count_add(&call_counts[number], 1);
	else if (number < 0)
		count_add(number == LEAVE_TRAP ? &traps : &signals, 1);
}

static uint64_t spent_read(void)
{
	static uint64_t most;
	uint64_t before, past, now;

	do {
		before = __atomic_load_n(&entered, __ATOMIC_ACQUIRE);
		past = __atomic_load_n(&spent, __ATOMIC_ACQUIRE);
		now = counter_now();
	} while (__atomic_load_n(&entered, __ATOMIC_RELAXED) != before);
	if (before && now > before)
		past += now - before;
	/* between the writer's two stores the last run is missing, and a counter never falls */
	if (past > most)
		most = past;
	return most;
}

static void exits_sample(void)
{
	const char *name = call_names;

	sample_family("exits_total", "counter", "Exits of the guest to its monitor, by kind; hypercalls by name.");
	for (unsigned i = 0; i < call_count; i++, name += strlen(name) + 1)
		if (*name)
			sample(count_read(&call_counts[i]), LABELS("kind", "hypercall", "call", name));
	sample(count_read(&signals), LABELS("kind", "signal"));
	sample(count_read(&traps), LABELS("kind", "trap"));
}

/* bytes of the pages that the host has given to guest memory from start to end */
static uint64_t resident(uint64_t start, uint64_t end)
{
	enum { PIECE = 1024 };
	unsigned char pages[PIECE];
	uint64_t count = 0;

	for (uint64_t at = start; at < end; at += PIECE * GUEST_PAGE) {
		uint64_t size = end - at < PIECE * GUEST_PAGE ? end - at : PIECE * GUEST_PAGE;

		if (mincore(memory.base + at, size, pages))
			return count * GUEST_PAGE;
		for (uint64_t i = 0; i < size / GUEST_PAGE; i++)
			count += pages[i] & 1;
	}
	return count * GUEST_PAGE;
}

/* text and data are mappings of a file: what is resident of these is the page cache's */
static void memory_sample(void)
{
	uint64_t own = IMAGE_ADDRESS + image.text_size + image.data_size;

	sample_family("guest_memory_bytes", "gauge", "Memory of the guest: --mem, or the manifest's.");
	sample(memory.size, NO_LABELS);
	sample_family("guest_memory_resident_bytes", "gauge",
		      "What the guest has touched of its zeroed data, heap and stack, and the host has in memory.");
	sample(resident(own, memory.arrangement.heap_end) + resident(memory.arrangement.stack_start, memory.arrangement.stack_end), NO_LABELS);
}

void guest_sample(void)
{
	sample_family("info", "gauge", "1, with what this appliance is.");
	sample(1, LABELS("name", appliance_name, "version", appliance_version, "isolation", appliance_isolation));
	sample_family("uptime_seconds", "gauge", "Time since the appliance started.");
	sample_time(time_now(), NO_LABELS);
	sample_family("guest_seconds_total", "counter", "Time in which the guest ran; the rest it slept, or the monitor served it.");
	sample_counter(spent_read(), NO_LABELS);
	exits_sample();
	memory_sample();
}
