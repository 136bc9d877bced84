/* SPDX-License-Identifier: ISC */
/* environment_words/guest.c -- uk.h's environment, where the monitor placed it */
#include "guest.h"
#include "uk.h"

char **uk_environment(void)
{
	return (char **)boot_info->environment_words.words;
}
