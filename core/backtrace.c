/* SPDX-License-Identifier: ISC */
/*
 * backtrace.c -- the guest's calls, found by its frame pointers
 *
 * The guest may have put anything there. Each frame must lie above the one
 * before, in memory that the guest itself may write, and what it returns to in
 * the guest's text; so the walk ends, and reads nothing that is not the guest's.
 *
 * A function that has no frame (yet) is not in the chain. Its return address is
 * where a call leaves it, if the call in front of that address leads to it. After
 * a jump to nowhere, it is there in any case.
 */
#include "backtrace.h"

#include <string.h>

#include "arch.h"
#include "machine/image.h"
#include "machine/layout.h"
#include "monitor.h"
#include "symbol.h"

enum { FRAMES_MAX = 32 };

static bool is_text(uint64_t address)
{
	return address - IMAGE_ADDRESS < image.text_size;
}

/* ahead: of the instruction that the place is told for, which is the call in front of a return address */
static void place_report(const char *what, uint64_t address, unsigned ahead)
{
	struct symbol_match match = symbol_find(address - ahead);

	if (match.name)
		message("  %s 0x%lx: %s+0x%lx", what, address, match.name, match.offset + ahead);
	else
		message("  %s 0x%lx", what, address);
}

static bool words_read(uint64_t address, uint64_t words[], size_t count)
{
	const void *host = address % sizeof(*words) ? NULL : guest_memory(address, count * sizeof(*words), true);

	if (host)
		memcpy(words, host, count * sizeof(*words));
	return host;
}

/* the instruction in front of a return address, as many bytes of it as are asked for; false if there is none */
static bool call_read(uint64_t address, void *code, size_t size)
{
	const void *host = guest_memory(address - size, size, false);

	if (host && is_text(address))
		memcpy(code, host, size);
	return host && is_text(address);
}

/* the return address of a function without a frame; 0 if there is none */
static uint64_t caller_find(const struct backtrace *from)
{
	uint64_t address = from->link;

	if (ARCH_CALL_PUSHES && !words_read(from->stack, &address, 1))
		return 0;
	address = ARCH_ADDRESS(address);
	if (!is_text(address) || (is_text(from->program) &&
	    arch_call_target(address, call_read) != from->program - symbol_find(from->program).offset))
		return 0;
	return address;
}

void backtrace_report(const struct backtrace *from)
{
	uint64_t caller = caller_find(from), below = 0, frame = from->frame, words[2];
	unsigned count = 0;

	place_report("at", from->program, 0);
	if (caller)
		place_report("from", caller, 1);
	for (; frame > below && words_read(frame, words, 2) && is_text(ARCH_ADDRESS(words[1])); frame = words[0]) {
		if (count++ == FRAMES_MAX) {
			message("  from more callers");
			break;
		}
		place_report("from", ARCH_ADDRESS(words[1]), 1);
		below = frame;
	}
}
