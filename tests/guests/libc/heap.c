/* SPDX-License-Identifier: ISC */
/* heap.c -- fills 48 MiB, frees them, and says so before and after, for somebody to look at the process meanwhile */
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
