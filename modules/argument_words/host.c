/* SPDX-License-Identifier: ISC */
/* argument_words/host.c -- places the words of the command line in the guest's memory */
#include "core.h"

void argument_words_setup(void)
{
	struct argument_words_info *info = &boot_info()->argument_words;
	const char *const *words = arguments_given();
	unsigned count = 0;

	while (words[count])
		count++;
	info->count = count;
	info->words = words_place("arguments", words, count);
}
