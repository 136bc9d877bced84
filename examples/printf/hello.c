/* SPDX-License-Identifier: ISC */
/* hello.c -- greets the world, or its arguments */
#include <stdio.h>

int main(int argc, char **argv)
{
	printf("Hello");
	for (int i = 1; i < argc; i++)
		printf(" %s", argv[i]);
	puts(argc > 1 ? "!" : ", world!");
}
