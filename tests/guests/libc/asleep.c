/* SPDX-License-Identifier: ISC */
/* asleep.c -- uses memory and standard output, and sleeps */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
	char *volatile memory = malloc(100);

	puts(memory ? "asleep" : "no memory");
	fflush(stdout);
	for (;;)
		sleep(1000);
}
