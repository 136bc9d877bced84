/* SPDX-License-Identifier: ISC */
/*
 * disk.c -- runs commands on block devices, and prints each result
 *
 * Words: info NAME | read NAME OFFSET SIZE | write NAME OFFSET SIZE LETTER |
 * reads, writes, written (and flushed): the same with uk.h's calls | flush NAME |
 * discard NAME OFFSET SIZE | handle NUMBER (calls with a handle of no device) |
 * sleep SECONDS | until NAME OFFSET: the block there, of 512 bytes, no longer
 * begins with 0, because the host changed the file | past the API, peek | poke | jump | print ADDRESS: reads a byte
 * there, writes one, calls it, has the monitor print 512 bytes from there.
 */
#include <stdbool.h>
#include <string.h>

#include "uk.h"

static uint8_t data[1 << 20];
static const char *input;

static void print(const char *text)
{
	solo5_console_write(text, strlen(text));
}

static void print_number(uint64_t number)
{
	char digits[21], *at = digits + sizeof(digits) - 1;

	*at = 0;
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	print(at);
}

static void print_result(const char *what, solo5_result_t result)
{
	static const char *const names[] = {"ok", "again", "invalid", "unspecified"};

	print(what);
	print(" ");
	print(names[result]);
	print("\n");
}

static const char *word(void)
{
	static char words[8][32];
	static unsigned turn;
	char *at = words[turn++ % 8], *start = at;

	while (*input == ' ')
		input++;
	while (*input && *input != ' ' && at < start + 31)
		*at++ = *input++;
	*at = 0;
	return start;
}

static uint64_t number(void)
{
	uint64_t value = 0;

	for (const char *digit = word(); *digit; digit++)
		value = value * 10 + (uint64_t)(*digit - '0');
	return value;
}

static solo5_handle_t device(struct solo5_block_info *info)
{
	/* a device can be acquired once only: what it gave is kept */
	static struct {
		char name[32];
		solo5_handle_t handle;
		struct solo5_block_info info;
	} devices[2];
	const char *name = word();

	for (unsigned i = 0; i < 2; i++) {
		if (!*devices[i].name && !solo5_block_acquire(name, &devices[i].handle, &devices[i].info))
			strcpy(devices[i].name, name);
		if (*name && !strcmp(devices[i].name, name)) {
			*info = devices[i].info;
			return devices[i].handle;
		}
	}
	print("no such device\n");
	return 0;
}

static void command_info(void)
{
	struct solo5_block_info info = {0};
	solo5_handle_t handle = device(&info);

	if (!handle)
		return;
	print_number(info.capacity);
	print(" ");
	print_number(info.block_size);
	print("\n");
}

/* every byte of data is the same, or "mixed" is printed */
static void print_data(size_t size)
{
	char letter[3] = {(char)data[0], '\n', 0};

	for (size_t i = 1; i < size; i++)
		if (data[i] != data[0]) {
			print("mixed\n");
			return;
		}
	print(data[0] ? letter : "zero\n");
}

static void command_read(bool several)
{
	struct solo5_block_info info;
	solo5_handle_t handle = device(&info);
	uint64_t offset = number(), size = number();
	solo5_result_t result = several ? uk_block_read(handle, offset, data, size) :
		solo5_block_read(handle, offset, data, size);

	print_result("read", result);
	if (result == SOLO5_R_OK)
		print_data(size);
}

static void command_write(char how)
{
	struct solo5_block_info info;
	solo5_handle_t handle = device(&info);
	uint64_t offset = number(), size = number();

	memset(data, *word(), sizeof(data));
	print_result("write", how == 's' ? uk_block_write(handle, offset, data, size) :
		     how == 't' ? uk_block_write_flush(handle, offset, data, size) :
		     solo5_block_write(handle, offset, data, size));
}

static void command_discard(void)
{
	struct solo5_block_info info;
	solo5_handle_t handle = device(&info);
	uint64_t offset = number(), size = number();

	print_result("discard", uk_block_discard(handle, offset, size));
}

static void command_handle(void)
{
	solo5_handle_t handle = number();

	print_result("read", solo5_block_read(handle, 0, data, 512));
	print_result("write", solo5_block_write(handle, 0, data, 512));
	print_result("reads", uk_block_read(handle, 0, data, 512));
	print_result("writes", uk_block_write(handle, 0, data, 512));
	print_result("flush", uk_block_flush(handle));
	print_result("write", uk_block_write_flush(handle, 0, data, 512));
	print_result("discard", uk_block_discard(handle, 0, 512));
}

static void command_until(void)
{
	struct solo5_block_info info;
	solo5_handle_t handle = device(&info);
	uint64_t offset = number();

	data[0] = 0;
	while (solo5_block_read(handle, offset, data, 512) == SOLO5_R_OK && !data[0])
		solo5_yield(solo5_clock_monotonic() + 10000000, NULL);
}

static void command_touch(const char *how)
{
	volatile char *at = (volatile char *)number();
	char byte[2] = {0, '\n'};

	if (!strcmp(how, "peek")) {
		byte[0] = *at;
		solo5_console_write(byte, 2);
	} else if (!strcmp(how, "poke")) {
		*at = '!';
	} else if (!strcmp(how, "jump")) {
		((void (*)(void))at)();
	} else {
		solo5_console_write((const char *)at, 512);
	}
}

int solo5_app_main(const struct solo5_start_info *start)
{
	struct solo5_block_info info;
	const char *command;

	input = start->cmdline;
	while (*(command = word())) {
		if (!strcmp(command, "info"))
			command_info();
		else if (!strcmp(command, "read") || !strcmp(command, "reads"))
			command_read(command[4] == 's');
		else if (!strcmp(command, "write") || !strcmp(command, "writes") || !strcmp(command, "written"))
			command_write(command[4] == 'e' ? command[5] : 't');
		else if (!strcmp(command, "flush"))
			print_result("flush", uk_block_flush(device(&info)));
		else if (!strcmp(command, "discard"))
			command_discard();
		else if (!strcmp(command, "handle"))
			command_handle();
		else if (!strcmp(command, "sleep"))
			solo5_yield(solo5_clock_monotonic() + number() * 1000000000, NULL);
		else if (!strcmp(command, "until"))
			command_until();
		else if (!strcmp(command, "peek") || !strcmp(command, "poke") || !strcmp(command, "jump") ||
			 !strcmp(command, "print"))
			command_touch(command);
		else
			return 2;
	}
	return 0;
}
