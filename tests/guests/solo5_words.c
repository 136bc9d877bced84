/* SPDX-License-Identifier: ISC */
/*
 * solo5_words.c -- prints its command line, then does what its last word names
 *
 * guard: prints the stack protector's value; smash: writes over it; success,
 * failure: returns so; exit: solo5_exit with 200; exit-high: with 0x1002a;
 * abort; execute-rodata; anything else: nothing.
 */
#include "solo5.h"

extern uintptr_t __stack_chk_guard;

static const unsigned char code[4] __attribute__((aligned(4))) = {0xc3};   /* ret, or nothing that ARM knows */

static size_t length_of(const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return length;
}

static void print(const char *text)
{
	solo5_console_write(text, length_of(text));
}

static int ends_in(const char *text, const char *word)
{
	size_t length = length_of(text), least = length_of(word);

	if (length < least)
		return 0;
	for (size_t i = 0; i < least; i++)
		if (text[length - least + i] != word[i])
			return 0;
	return 1;
}

static void print_hexadecimal(uint64_t number)
{
	char digits[17] = {0};

	for (int i = 0; i < 16; i++)
		digits[i] = "0123456789abcdef"[number >> (60 - 4 * i) & 15];
	print(digits);
}

__attribute__((noinline)) static void smash(size_t size)
{
	char buffer[16];
	volatile char *at = buffer;

	for (size_t i = 0; i < size; i++)
		at[i] = 'x';
}

int solo5_app_main(const struct solo5_start_info *info)
{
	const char *line = info->cmdline;

	print("[");
	print(line);
	print("]\n");
	if (ends_in(line, "guard")) {
		print_hexadecimal(__stack_chk_guard);
		print("\n");
	} else if (ends_in(line, "smash")) {
		smash(64);
	} else if (ends_in(line, "success")) {
		return SOLO5_EXIT_SUCCESS;
	} else if (ends_in(line, "failure")) {
		return SOLO5_EXIT_FAILURE;
	} else if (ends_in(line, "exit")) {
		solo5_exit(200);
	} else if (ends_in(line, "exit-high")) {
		solo5_exit(0x1002a);
	} else if (ends_in(line, "abort")) {
		solo5_abort();
	} else if (ends_in(line, "execute-rodata")) {
		((void (*)(void))(uintptr_t)code)();
	}
	return 0;
}
