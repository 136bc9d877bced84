/* SPDX-License-Identifier: ISC */
/*
 * command.c -- packets that read, change and resume the stopped guest
 *
 * The answer to an unknown packet is empty, as the protocol requires.
 */
#include <string.h>

#include "breakpoint.h"
#include "stub.h"
#include "watchpoint.h"

static void reply_ok(void)
{
	reply_text(&stub.reply, "OK");
}

/* the numbers are errno values; debuggers don't interpret them */
static void reply_error(unsigned char number)
{
	reply_text(&stub.reply, "E");
	reply_hex(&stub.reply, &number, 1);
}

enum { ERROR_ACCESS = 14, ERROR_INVALID = 22, ERROR_ROOM = 28 };

static size_t registers_size(void)
{
	const struct register_place *last = &register_places[register_count - 1];

	return last->offset + last->size;
}

void stop_describe(struct reply *reply, const struct stop *stop)
{
	const uint8_t signal = (uint8_t)stop->signal;

	reply_text(reply, "T");
	reply_hex(reply, &signal, 1);
	if (stop->kind == STOP_BREAKPOINT && stub.names_stops)
		reply_text(reply, "swbreak:;");
	if (stop->kind == STOP_WATCHPOINT) {
		reply_text(reply, "watch:");
		reply_number(reply, stop->address);
		reply_text(reply, ";");
	}
	for (unsigned i = 0; i < REGISTER_KEYS; i++) {
		const struct register_place *place = &register_places[register_keys[i]];

		reply_number(reply, register_keys[i]);
		reply_text(reply, ":");
		reply_hex(reply, stub.registers.bytes + place->offset, place->size);
		reply_text(reply, ";");
	}
	reply_text(reply, "thread:1;");
}

/* p NUMBER */
static void register_read(const char *at)
{
	uint64_t number;

	if (take_number(&at, &number) && !*at && number < register_count)
		reply_hex(&stub.reply, stub.registers.bytes + register_places[number].offset, register_places[number].size);
	else
		reply_error(ERROR_INVALID);
}

/* P NUMBER=VALUE */
static void register_write(const char *at)
{
	uint8_t value[REGISTERS_MAX];
	uint64_t number;

	if (!take_number(&at, &number) || !take_char(&at, '=') || number >= register_count ||
	    !take_bytes(&at, value, register_places[number].size) || *at) {
		reply_error(ERROR_INVALID);
		return;
	}
	memcpy(stub.registers.bytes + register_places[number].offset, value, register_places[number].size);
	reply_ok();
}

/* G VALUES: all of them */
static void registers_write(const char *at)
{
	uint8_t values[REGISTERS_MAX];

	if (!take_bytes(&at, values, registers_size()) || *at) {
		reply_error(ERROR_INVALID);
		return;
	}
	memcpy(stub.registers.bytes, values, registers_size());
	reply_ok();
}

/* ADDRESS,LENGTH */
static bool take_range(const char **at, uint64_t *address, uint64_t *length)
{
	return take_number(at, address) && take_char(at, ',') && take_number(at, length);
}

/* m ADDRESS,LENGTH: fewer bytes than asked for are no error */
static void command_memory_read(const char *at)
{
	uint8_t bytes[PACKET_MAX / 2];
	uint64_t address, length;
	size_t done;

	if (!take_range(&at, &address, &length) || *at) {
		reply_error(ERROR_INVALID);
		return;
	}
	done = memory_read(address, bytes, length < sizeof(bytes) ? length : sizeof(bytes));
	if (done || !length)
		reply_hex(&stub.reply, bytes, done);
	else
		reply_error(ERROR_ACCESS);
}

/* M ADDRESS,LENGTH:HEX and X ADDRESS,LENGTH:BYTES */
static void command_memory_write(const char *at, bool hex)
{
	uint8_t bytes[PACKET_MAX];
	uint64_t address, length;
	bool valid = take_range(&at, &address, &length) && take_char(&at, ':') && length <= sizeof(bytes);

	if (valid && hex)
		valid = take_bytes(&at, bytes, length) && !*at;
	else if (valid)
		valid = length == stub.packet.length - (size_t)(at - stub.packet.text);
	if (!valid)
		reply_error(ERROR_INVALID);
	else if (memory_write(address, hex ? (const void *)bytes : at, length) != length)
		reply_error(ERROR_ACCESS);
	else
		reply_ok();
}

static void watchpoint_insert(uint64_t address, uint64_t size, bool reads)
{
	switch (watchpoint_add(address, size, reads)) {
	case WATCHPOINT_SET:
		reply_ok();
		break;
	case WATCHPOINT_TOO_MANY:
		reply_error(ERROR_ROOM);
		break;
	case WATCHPOINT_NEVER:
		break;          /* treated as an unknown packet */
	}
}

/*
 * Z and z TYPE,ADDRESS,SIZE: 0 and 1 breakpoints, 2 written, 3 read, 4 either.
 * The debugger can write text, so both types of breakpoint are the same. No
 * processor here can watch for reads alone; debuggers then ask for 4.
 */
static void command_point(const char *at, bool insert)
{
	uint64_t type, address, size;
	bool valid = take_number(&at, &type) && take_char(&at, ',') && take_range(&at, &address, &size);

	if (!valid) {
		reply_error(ERROR_INVALID);
	} else if (type <= 1) {
		if (!insert)
			breakpoint_remove(address);
		if (!insert || breakpoint_add(address))
			reply_ok();
		else
			reply_error(ERROR_ACCESS);
	} else if (type == 2 || type == 4) {
		if (insert) {
			watchpoint_insert(address, size, type == 4);
		} else {
			watchpoint_remove(address, size, type == 4);
			reply_ok();
		}
	}
}

/* vCont;ACTION[:THREAD]...: there is one thread, so the first action is its own */
static enum verdict command_continue(const char *at)
{
	char action = *at++;
	uint64_t signal = 0;

	if (action == 'C' || action == 'S') {
		if (!take_number(&at, &signal) || signal > 255)
			action = 0;
	}
	if ((*at && *at != ';' && *at != ':') || !action || !strchr("cCsS", action)) {
		reply_error(ERROR_INVALID);
		return VERDICT_STAY;
	}
	stub.step = action == 's' || action == 'S';
	stub.signal = (int)signal;
	return VERDICT_RESUME;
}

static enum verdict command_verbose(const char *at)
{
	if (take_word(&at, "Cont?")) {
		reply_text(&stub.reply, "vCont;c;C;s;S");
	} else if (take_word(&at, "Cont;")) {
		return command_continue(at);
	} else if (take_word(&at, "Kill;")) {
		reply_ok();
		return VERDICT_KILL;
	}
	return VERDICT_STAY;
}

enum verdict command_run(void)
{
	const char *at = stub.packet.text;

	switch (*at++) {
	case '?':
		stop_describe(&stub.reply, &stub.stop);
		break;
	case 'g':
		reply_hex(&stub.reply, stub.registers.bytes, registers_size());
		break;
	case 'G':
		registers_write(at);
		break;
	case 'p':
		register_read(at);
		break;
	case 'P':
		register_write(at);
		break;
	case 'm':
		command_memory_read(at);
		break;
	case 'M':
		command_memory_write(at, true);
		break;
	case 'X':
		command_memory_write(at, false);
		break;
	case 'Z':
		command_point(at, true);
		break;
	case 'z':
		command_point(at, false);
		break;
	case 'H':               /* selects the thread */
	case 'T':               /* whether it is alive */
		reply_ok();
		break;
	case 'D':
		reply_ok();
		return VERDICT_DETACH;
	case 'k':
		return VERDICT_KILL;
	case 'v':
		return command_verbose(at);
	case 'q':
	case 'Q':
		return query_run(stub.packet.text);
	}
	return VERDICT_STAY;
}
