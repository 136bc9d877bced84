/* SPDX-License-Identifier: ISC */
/* kv.c -- a key-value store on a block device, one command a run */
#include <solo5.h>
#include <string.h>

#include "console.h"
#include "load.h"
#include "store.h"

static const char usage[] =
	"usage: kv --block:store=IMAGE -- COMMAND\n"
	"  put KEY VALUE     VALUE is the rest of the line\n"
	"  get KEY           prints the value; exit status 1 if there is none\n"
	"  del KEY\n"
	"  list              prints each key and its value, sorted\n"
	"  stat\n"
	"  load SEED COUNT   does COUNT random changes; prints what there is first, and each change\n"
	"                    before it is done and when it is on the disk\n";

/* takes the next word from *input; its length, 0 at the end */
static size_t word(const char **input, const char **start)
{
	while (**input == ' ')
		++*input;
	*start = *input;
	while (**input && **input != ' ')
		++*input;
	return (size_t)(*input - *start);
}

static uint64_t number(const char **input)
{
	const char *digits;
	size_t length = word(input, &digits);
	uint64_t value = 0;

	for (size_t i = 0; i < length && digits[i] >= '0' && digits[i] <= '9' && length <= 18; i++) {
		value = value * 10 + (uint64_t)(digits[i] - '0');
		if (i == length - 1)
			return value;
	}
	fail("load needs two numbers", NULL);
}

static void put(const char *name, size_t length, const char *value)
{
	while (*value == ' ')
		value++;
	if (!*value)
		fail("put needs a value for key", name);
	if (strlen(value) > VALUE_MAX)
		fail("the value is too long", NULL);
	if (!store_put((struct pair){name, value, length, strlen(value)}))
		fail("the device is full", NULL);
}

static void get(const char *name, size_t length)
{
	const struct key *key = key_take(name, length);
	struct pair pair;

	if (!key->present)
		fail("there is no key", name);
	pair = store_get(key);
	print_bytes(pair.value, pair.value_length);
	print("\n");
}

static void list(void)
{
	for (size_t i = 0; i < key_count; i++)
		if (keys[i].present)
			store_print(&keys[i]);
}

static void stat(void)
{
	struct store_usage store = store_usage();

	print_number(store.keys);
	print(" keys, ");
	print_number(store.used);
	print(" of ");
	print_number(store.size);
	print(" bytes in use, generation ");
	print_number(store.generation);
	print("\n");
}

/* commands of one key */
static void command_key(const char *command, const char *input)
{
	const char *start;
	size_t length = word(&input, &start);
	static char name[KEY_MAX + 1];

	if (!length)
		fail("a key is missing after", command);
	if (length > KEY_MAX)
		fail("the key is longer than 255 bytes", NULL);
	memcpy(name, start, length);
	if (!strcmp(command, "put"))
		put(name, length, input);
	else if (!strcmp(command, "get"))
		get(name, length);
	else if (!store_delete(name, length))
		fail("there is no key", name);
}

int solo5_app_main(const struct solo5_start_info *start)
{
	const char *input = start->cmdline, *first;
	size_t length = word(&input, &first);
	char command[5] = "";

	if (length < sizeof(command))
		memcpy(command, first, length);
	if (!strcmp(command, "load")) {
		uint64_t seed = number(&input), count = number(&input);

		store_open(start, "store");
		load(seed, count);
	} else if (!strcmp(command, "put") || !strcmp(command, "get") || !strcmp(command, "del")) {
		store_open(start, "store");
		command_key(command, input);
	} else if (!strcmp(command, "list")) {
		store_open(start, "store");
		list();
	} else if (!strcmp(command, "stat")) {
		store_open(start, "store");
		stat();
	} else {
		print_bytes(usage, sizeof(usage) - 1);
		return 2;
	}
	return 0;
}
