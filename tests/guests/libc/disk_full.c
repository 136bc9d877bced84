/* SPDX-License-Identifier: ISC */
/* disk_full.c -- fills a block device, frees some of it, and fills it again; then creates files until that fails */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static long fill(const char *path)
{
	static char bytes[4096];
	int file = open(path, O_WRONLY | O_CREAT, 0600);
	long count = 0;

	memset(bytes, 'x', sizeof(bytes));
	while (write(file, bytes, sizeof(bytes)) == sizeof(bytes))
		count++;
	printf("%s: %s, fsync %d\n", path, strerror(errno), fsync(file));
	close(file);
	return count;
}

int main(void)
{
	long first = fill("/data/full"), second, files = 0;
	char name[64];
	int file;

	printf("removed %d\n", unlink("/data/full"));
	second = fill("/data/again");
	printf("%s\n", first > 100 && second == first ? "all of it" : "not the same");
	printf("removed %d\n", unlink("/data/again"));
	do {
		snprintf(name, sizeof(name), "/data/%ld", files++);
		file = open(name, O_WRONLY | O_CREAT, 0600);
	} while (file >= 0 && !close(file));
	printf("%s after %s\n", strerror(errno), files > 100 ? "many" : "few");
	/* one that is gone makes room for another */
	printf("removed %d\n", unlink("/data/7"));
	printf("opened %s\n", open(name, O_WRONLY | O_CREAT, 0600) >= 0 ? "again" : strerror(errno));
	return 0;
}
