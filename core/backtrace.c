/* SPDX-License-Identifier: ISC */
/*
 * backtrace.c -- the guest's calls, found by its frame pointers
 *
 * The guest may have written anything there. Each frame must lie above the
 * previous one, in memory that the guest may write, and each return address in
 * the guest's text. So the walk ends, and reads only the guest's own memory.
 *
 * A function without a frame, or one that has not built it yet, is not in the
 * chain. Its return address is then where a call leaves it, which is believed if
 * the call before that address leads to this function, or if the program counter
 * is not in any function.
 */
#include "backtrace.h"

#include <string.h>

#include "arch.h"
#include "machine/image.h"
#include "monitor.h"
#include "symbol.h"

enum { FRAMES_MAX = 32 };

static bool is_text(uint64_t address)
{
	return address - IMAGE_ADDRESS < image.text_size;
}

/* ahead: bytes from the call instruction to the return address; the call is what gets reported */
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

/* copies the last size bytes before a return address; false if they are not in the guest's text */
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
