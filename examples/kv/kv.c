/* SPDX-License-Identifier: ISC */
/* kv.c -- a key-value store on a block device, one command per run */
#include <string.h>
#include <uk.h>

#include "console.h"
#include "load.h"
#include "store.h"

static const char usage[] =
	"usage: kv --block:store=IMAGE -- COMMAND\n"
	"  put KEY VALUE...  several words are joined by spaces\n"
	"  get KEY           prints the value; exit status 1 if there is none\n"
	"  del KEY\n"
	"  list              prints each key and its value, sorted\n"
	"  stat\n"
	"  load SEED COUNT   does COUNT random changes; prints what there is first, and each change\n"
	"                    before it is done and when it is on the disk; SIGTERM ends it between two\n";

static uint64_t number(const char *digits)
{
	size_t length = digits ? strlen(digits) : 0;
	uint64_t value = 0;

	for (size_t i = 0; i < length && digits[i] >= '0' && digits[i] <= '9' && length <= 18; i++) {
		value = value * 10 + (uint64_t)(digits[i] - '0');
		if (i == length - 1)
			return value;
	}
	fail("load needs two numbers", NULL);
}

/* one text of what may be several words of the command line */
static size_t value_join(char value[VALUE_MAX], char **words)
{
	size_t length = 0;

	for (char **word = words; *word; word++) {
		size_t more = strlen(*word) + (word != words);

		if (more > VALUE_MAX - length)
			fail("the value is too long", NULL);
		if (word != words)
			value[length] = ' ';
		memcpy(value + length + (word != words), *word, strlen(*word));
		length += more;
	}
	return length;
}

static void put(const char *name, size_t length, char **words)
{
	static char value[VALUE_MAX];
	size_t value_length = value_join(value, words);

	if (!value_length)
		fail("put needs a value for key", name);
	if (!store_put((struct pair){name, value, length, value_length}))
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

/* commands of one key; words has it, and then the value */
static void command_key(const char *command, char **words)
{
	const char *name = words[0];
	size_t length = name ? strlen(name) : 0;

	if (!length)
		fail("a key is missing after", command);
	if (length > KEY_MAX)
		fail("the key is longer than 255 bytes", NULL);
	if (!strcmp(command, "put"))
		put(name, length, words + 1);
	else if (!strcmp(command, "get"))
		get(name, length);
	else if (!store_delete(name, length))
		fail("there is no key", name);
}

int solo5_app_main(const struct solo5_start_info *start)
{
	const char *command;
	char **words;
	int count;

	uk_arguments(&count, &words);
	command = count > 1 ? words[1] : "";
	if (!strcmp(command, "load")) {
		uint64_t seed = number(words[2]), changes = number(words[3]);

		store_open(start, "store");
		load(seed, changes);
	} else if (!strcmp(command, "put") || !strcmp(command, "get") || !strcmp(command, "del")) {
		store_open(start, "store");
		command_key(command, words + 2);
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
