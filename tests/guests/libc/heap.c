/* SPDX-License-Identifier: ISC */
/* heap.c -- fills 48 MiB and frees them; prints a line after each, so that a test can measure the process in between */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 48 << 20 };

int main(void)
{
	unsigned char *volatile block = malloc(SIZE);

	memset(block, 1, SIZE);
	puts("full");
	getchar();
	free(block);
	puts("free");
	getchar();
	/* what comes back is zero, and little of it is memory before it is touched */
	block = calloc(1, SIZE);
	for (size_t i = 0; i < SIZE; i += 4096)
		if (block[i])
			puts("not zero");
	puts("again");
	getchar();
	return 0;
}
