/* SPDX-License-Identifier: ISC */
/* full.c -- writes a file until there is no space left, removes it, and writes as much again */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* KiB that fit into a new file */
static int fill(int *error)
{
	static char block[1024];
	int file = open("/file", O_WRONLY | O_CREAT, 0600), size = 0;

	while (write(file, block, sizeof(block)) == sizeof(block))
		size++;
	*error = errno;
	close(file);
	return size;
}

int main(void)
{
	int error, size = fill(&error);

	printf("%s after %d KiB\n", strerror(error), size);
	unlink("/file");
	printf("again %d KiB\n", fill(&error));
	return 0;
}
