/* SPDX-License-Identifier: ISC */
/*
 * options.c -- one command-line grammar for every appliance
 *
 * The table is generated from the modules' option lines, so an appliance has
 * exactly the options of its modules. An option given again replaces the earlier
 * value or adds to it: its handler only stores the value, and setup uses it.
 */
#include "monitor.h"

#include <string.h>
#include <unistd.h>

#include "memory.h"
#include "vm.h"

static uint64_t given[OPTIONS_MAX];     /* by option: bit d is set when given for device d */
static char **words;                    /* how the appliance was called, then the guest's arguments */

/* NULL if that is what the option has not */
static const char *option_string(uint16_t place)
{
	return place ? option_text + place : NULL;
}

static const char *option_name(const struct option *option)
{
	return option_text + option->name;
}

/* the names lie one behind the other */
static const char *device_name(const struct option *option, unsigned device)
{
	const char *name = option_text + option->devices;

	while (device--)
		name += strlen(name) + 1;
	return name;
}

static const char *option_usage(const struct option *option)
{
	static char usage[128];
	char *end = usage + sizeof(usage) - 1, *at = usage;
	const char *argument = option_string(option->argument);
	const char *const parts[] = {
		"--", option_name(option), option->devices ? ":NAME" : "",
		option->argument_optional ? "[" : "", argument ? "=" : "", argument ? argument : "",
		option->argument_optional ? "]" : "",
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		for (const char *c = parts[i]; *c && at < end; c++)
			*at++ = *c;
	*at = 0;
	return usage;
}

static const struct option *option_find(const char *name, size_t length)
{
	for (unsigned i = 0; i < option_count; i++)
		if (strlen(option_name(&options[i])) == length && !memcmp(option_name(&options[i]), name, length))
			return &options[i];
	return NULL;
}

static unsigned device_find(const struct option *option, const char *name)
{
	for (unsigned i = 0; i < option->device_count; i++)
		if (!strcmp(device_name(option, i), name))
			return i;
	fail("--%s:%s: there is no such device; --describe lists them", option_name(option), name);
}

/* text is what follows "--"; true if next, the next word, was the option's value */
static bool option_take(char *text, const char *next)
{
	size_t length = strcspn(text, ":=");
	const struct option *option = option_find(text, length);
	char *given_value = strchr(text + length, '=');
	const char *value = given_value ? given_value + 1 : NULL;
	unsigned device = 0;
	bool takes_next;

	if (!option)
		fail("--%s: unknown option; --help lists what this appliance accepts; the guest's arguments follow --", text);
	if (given_value)
		*given_value = 0;
	if (option->devices) {
		if (text[length] != ':')
			fail("--%s: needs a device; use %s", text, option_usage(option));
		device = device_find(option, text + length + 1);
	} else if (text[length] == ':') {
		fail("--%s: takes no device; use %s", text, option_usage(option));
	}
	takes_next = !value && option->argument && !option->argument_optional && next && strncmp(next, "--", 2);
	if (takes_next)
		value = next;
	if (!value && option->argument && !option->argument_optional)
		fail("--%s: needs a value; use %s", text, option_usage(option));
	if (value && !option->argument)
		fail("--%s: takes no value", text);
	given[option - options] |= 1ul << device;
	option_set((unsigned)(option - options), device, value);
	return takes_next;
}

static void options_check_required(void)
{
	for (unsigned i = 0; i < option_count; i++) {
		const struct option *option = &options[i];

		for (unsigned device = 0; option->required && device < (option->devices ? option->device_count : 1); device++)
			if (!(given[i] & 1ul << device))
				fail("--%s%s%s=%s is needed; --help shows the options", option_name(option),
				     option->devices ? ":" : "", option->devices ? device_name(option, device) : "",
				     option_text + option->argument);
	}
}

const char *const *arguments_given(void)
{
	return (const char *const *)words;
}

/* log levels, which Solo5's bindings handle themselves; ours print nothing */
static bool is_for_bindings(const char *word)
{
	static const char levels[][6] = {"quiet", "error", "warn", "info", "debug"};

	for (unsigned i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (!strncmp(word, "--solo5:", 8) && !strcmp(word + 8, levels[i]))
			return true;
	return false;
}

void options_parse(int argc, char **argv)
{
	int at = 1;

	/* "--solo5:..." are for the bindings: the guest's arguments begin there */
	while (at < argc && !strncmp(argv[at], "--", 2) && strncmp(argv[at], "--solo5:", 8)) {
		char *text = argv[at++] + 2;

		if (!*text)
			break;
		at += option_take(text, argv[at]);
	}
	options_check_required();
	while (at < argc && is_for_bindings(argv[at]))
		at++;
	words = argv + at - 1;
	words[0] = argv[0];
}

uint64_t number_parse(const char *option, const char *value, uint64_t low, uint64_t high)
{
	uint64_t number = 0;
	const char *digit = value;

	for (; *digit >= '0' && *digit <= '9' && number <= high; digit++)
		number = number * 10 + (uint64_t)(*digit - '0');
	if (digit == value || *digit || number < low || number > high)
		fail("--%s=%s: not a number from %lu to %lu", option, value, low, high);
	return number;
}

void option_mem(unsigned device, const char *value)
{
	(void)device;
	memory.size = number_parse("mem", value, 1, vm_memory_most() >> 20) << 20;
}

static void print(const char *text)
{
	output_write(STDOUT_FILENO, text, strlen(text));
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

/* the defaults of the core's own options, for --help */
static void print_default(const struct option *option)
{
	bool whole = !(memory_default % (1 << 20));

	if (!strcmp(option_name(option), "mem")) {
		print(": 1 to ");
		print_number(vm_memory_most() >> 20);
		print(", default ");
		print_number(memory_default >> (whole ? 20 : 10));
		print(whole ? "" : " KiB");
	} else if (!strcmp(option_name(option), "user")) {
		print(", default ");
		print_number(CONFIG_USER_ID);
	}
}

void option_help(unsigned device, const char *value)
{
	(void)device, (void)value;
	print("usage: ");
	print(message_name());
	print(" [OPTION]... [--] [GUEST ARGUMENT]...\n");
	for (unsigned i = 0; i < option_count; i++) {
		const char *usage = option_usage(&options[i]);

		print("  ");
		print(usage);
		for (size_t column = strlen(usage); column < 30; column++)
			print(" ");
		print(" ");
		print(option_text + options[i].help);
		print_default(&options[i]);
		if (options[i].required)
			print(" (needed)");
		for (unsigned d = 0; d < options[i].device_count; d++) {
			print(d ? ", " : "; NAME: ");
			print(device_name(&options[i], d));
		}
		print("\n");
	}
	_exit(0);
}

void option_version(unsigned device, const char *value)
{
	(void)device, (void)value;
	print(appliance_name);
	print(", made by ukgen ");
	print(appliance_version);
	print("; isolation: ");
	print(appliance_isolation);
	print("\n");
	_exit(0);
}

void option_describe(unsigned device, const char *value)
{
	(void)device, (void)value;
	print(description);
	_exit(0);
}
