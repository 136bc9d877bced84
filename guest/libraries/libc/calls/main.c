/* SPDX-License-Identifier: ISC */
/* main.c -- solo5_app_main of a C program: calls main with the arguments */
#include <solo5.h>
#include <stdlib.h>
#include <uk.h>
#include <unistd.h>

#include "libc.h"

extern weak char **__environ;

/* removes the arguments that a library takes */
extern hidden weak void guest_arguments_take(int *count, char **words);

int main(int, char **, char **);

int solo5_app_main(const struct solo5_start_info *info)
{
	static char *none[1];
	int count;
	char **words;

	(void)info;
	uk_arguments(&count, &words);
	if (guest_arguments_take)
		guest_arguments_take(&count, words);
	if (count) {
		__progname = __progname_full = words[0];
		for (char *at = words[0]; *at; at++)
			if (*at == '/')
				__progname = at + 1;
	}
	exit(main(count, words, &__environ ? __environ : none));
}
