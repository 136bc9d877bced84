/* SPDX-License-Identifier: ISC */
/* fopen.c -- prints the file that its argument names */
#include <stdio.h>

int main(int argc, char **argv)
{
	FILE *file = fopen(argc > 1 ? argv[1] : "/lines", "r");
	int byte;

	if (!file) {
		perror(argv[1]);
		return 1;
	}
	while ((byte = getc(file)) != EOF)
		putchar(byte);
	return 0;
}
