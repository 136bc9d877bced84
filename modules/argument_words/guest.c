/* SPDX-License-Identifier: ISC */
/* argument_words/guest.c -- uk_arguments: returns the words that the monitor placed in guest memory */
#include "guest.h"
#include "uk.h"

void uk_arguments(int *count, char ***words)
{
	*count = (int)boot_info->argument_words.count;
	*words = (char **)boot_info->argument_words.words;
}
