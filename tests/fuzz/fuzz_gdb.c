/* SPDX-License-Identifier: ISC */
/*
 * fuzz_gdb.c -- a debugger that says anything at all to the stub, on a guest made of two pieces of memory
 *
 * The first byte chooses: the rest as it comes, or each line of it as a packet
 * with the right checksum, which random bytes would hardly ever have.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../modules/gdb/breakpoint.c"
#include "../../modules/gdb/command.c"
#include "../../modules/gdb/packet.c"
#include "../../modules/gdb/query.c"
#include "../../modules/gdb/watchpoint.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct stub stub;

/* --- the core, as the stub sees it --- */

enum { LOW = 0x1000, LOW_SIZE = 0x1000, HIGH = 0x100000, HIGH_SIZE = 0x3000 };

static uint8_t low[LOW_SIZE], high[HIGH_SIZE];
static const uint8_t low_before[LOW_SIZE] = {[0 ... LOW_SIZE - 1] = 0x11};
static const uint8_t high_before[HIGH_SIZE] = {[0 ... HIGH_SIZE - 1] = 0x22};

const struct register_place register_places[] = {
	{0, 8}, {8, 8}, {16, 4}, {20, 10}, {30, 16}, {46, 2}, {48, 1}, {49, 8}, {57, 16},
};
const unsigned register_count = sizeof(register_places) / sizeof(register_places[0]);
const uint8_t register_keys[REGISTER_KEYS] = {1, 0, 7};
const char register_description[] = "<target>as long as needed, $ # } and * in it; and so on</target>";
const uint8_t breakpoint_code[BREAKPOINT_MAX] = {0xcc, 0xcd};
const unsigned breakpoint_size = 2, breakpoint_distance = 1;
static unsigned watches;
static bool can_watch;

bool debug_range(uint64_t address, struct debug_range *range)
{
	if (address >= HIGH + HIGH_SIZE)
		return false;
	if (address < LOW + LOW_SIZE)
		*range = (struct debug_range){address < LOW ? LOW : address, LOW + LOW_SIZE, 0};
	else
		*range = (struct debug_range){address < HIGH ? HIGH : address, HIGH + HIGH_SIZE, 0};
	return true;
}

static uint8_t *memory_at(uint64_t address)
{
	if (address >= LOW && address < LOW + LOW_SIZE)
		return &low[address - LOW];
	return address >= HIGH && address < HIGH + HIGH_SIZE ? &high[address - HIGH] : NULL;
}

size_t debug_read(uint64_t address, void *to, size_t size)
{
	size_t done = 0;

	for (uint8_t *byte; done < size && (byte = memory_at(address + done)); done++)
		((uint8_t *)to)[done] = *byte;
	return done;
}

size_t debug_write(uint64_t address, const void *from, size_t size)
{
	size_t done = 0;

	for (uint8_t *byte; done < size && (byte = memory_at(address + done)); done++)
		*byte = ((const uint8_t *)from)[done];
	return done;
}

bool watch_test(void)
{
	return can_watch;
}

bool watch_add(uint64_t address, uint64_t size, bool reads)
{
	(void)address, (void)reads;
	if (watches == 4 || size > 8)
		return false;
	watches++;
	return true;
}

void watch_remove(uint64_t address, uint64_t size, bool reads)
{
	(void)address, (void)reads;
	if (!watches-- || size > 8)
		abort();
}

/* --- the test --- */

static bool writes;             /* the debugger may have changed memory */

static void require(bool what)
{
	if (!what)
		abort();
}

static void take(uint8_t byte)
{
	enum packet_event event = packet_take(&stub.packet, byte);
	uint64_t address;

	require(stub.packet.length <= PACKET_MAX);
	if (event != PACKET_WHOLE)
		return;
	writes |= *stub.packet.text == 'M' || *stub.packet.text == 'X';
	reply_start(&stub.reply);
	if (command_run() == VERDICT_RESUME) {
		if (watchpoints_step())
			watchpoints_changed(&address);
		reply_start(&stub.reply);
		stop_describe(&stub.reply, &(struct stop){.kind = STOP_WATCHPOINT, .signal = 5, .address = UINT64_MAX});
	}
	reply_end(&stub.reply);
	require(!stub.reply.overflow && stub.reply.length <= sizeof(stub.reply.text));
	/* nothing in an answer looks like the end of it */
	require(!memchr(stub.reply.text + 1, '$', stub.reply.length - 1) &&
		(char *)memchr(stub.reply.text, '#', stub.reply.length) == stub.reply.text + stub.reply.length - 3);
}

static void take_line(const uint8_t *line, size_t length)
{
	uint8_t sum = 0;

	take('$');
	for (size_t i = 0; i < length; i++) {
		/* what frames are made of comes as itself only in the raw mode */
		uint8_t byte = line[i] == '$' || line[i] == '#' || line[i] == '}' ? '.' : line[i];

		sum = (uint8_t)(sum + byte);
		take(byte);
	}
	take('#');
	take((uint8_t)"0123456789abcdef"[sum >> 4]);
	take((uint8_t)"0123456789abcdef"[sum & 15]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = data + size;

	if (!size)
		return 0;
	stub = (struct stub){.attached = true};
	memcpy(low, low_before, sizeof(low));
	memcpy(high, high_before, sizeof(high));
	writes = false;
	can_watch = *data & 2;
	watchpoints_test();
	if (*data++ & 1) {
		while (data < end)
			take(*data++);
	} else {
		for (const uint8_t *line = data; line < end; line = data + 1) {
			data = memchr(line, '\n', (size_t)(end - line));
			if (!data)
				data = end;
			take_line(line, (size_t)(data - line));
		}
	}
	/* all traces of the debugger go with it */
	breakpoints_clear();
	watchpoints_clear();
	require(!watches);
	require(writes || (!memcmp(low, low_before, sizeof(low)) && !memcmp(high, high_before, sizeof(high))));
	return 0;
}
