/* SPDX-License-Identifier: ISC */
/* environment_words/guest.c -- uk_environment: returns the words that the monitor placed in guest memory */
#include "guest.h"
#include "uk.h"

char **uk_environment(void)
{
	return (char **)boot_info->environment_words.words;
}
