/* SPDX-License-Identifier: ISC */
/* argument_words/guest.c -- uk.h's arguments, where the monitor placed them */
#include "guest.h"
#include "uk.h"

void uk_arguments(int *count, char ***words)
{
	*count = (int)boot_info->argument_words.count;
	*words = (char **)boot_info->argument_words.words;
}
