/* SPDX-License-Identifier: ISC */
/*
 * batches.c -- counts in five blocks of a file at once, and prints each number once all of them are on the disk
 *
 * Ends with 1 if the blocks differ, or if they have an earlier number than the one that is given.
 * Then another number: counts that far, and checks what can't be done.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BLOCKS = 5, SIZE = 4096, TOO_MANY = 40, LATER = 1000 };

/* of linux/f2fs.h */
#define GET_FEATURES _IOR(0xf5, 12, uint32_t)
#define START _IO(0xf5, 1)
#define COMMIT _IO(0xf5, 2)
#define ABORT _IO(0xf5, 5)

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void number_write(int file, unsigned block, long number)
{
	char text[SIZE + 1];

	snprintf(text, sizeof(text), "%*ld", SIZE, number);
	if (pwrite(file, text, SIZE, (off_t)block * SIZE) != SIZE)
		fail("pwrite");
}

/* -1: there is none */
static long number_read(int file, unsigned block)
{
	char text[SIZE + 1] = "";
	ssize_t size = pread(file, text, SIZE, (off_t)block * SIZE);

	if (size && size != SIZE)
		fail("pread");
	return size ? atol(text) : -1;
}

static long numbers_read(int file)
{
	long number = number_read(file, 0);

	for (unsigned i = 1; i < BLOCKS; i++)
		if (number_read(file, i) != number)
			fail("the blocks differ");
	return number;
}

static void errors_check(int file, long number)
{
	int other = open("/data/batches", O_RDONLY), memory = open("/memory", O_RDWR | O_CREAT, 0600);
	char byte = 0;

	if (ioctl(other, START) != -1 || errno != EBADF || ioctl(memory, START) != -1 || errno != ENOTTY ||
	    ioctl(file, COMMIT) != -1 || errno != EINVAL)
		fail("wrong error");
	if (ioctl(file, START))
		fail("start");
	number_write(file, 0, number + LATER);
	number_write(file, BLOCKS, number + LATER);
	if (ioctl(file, ABORT) || numbers_read(file) != number || lseek(file, 0, SEEK_END) != BLOCKS * SIZE)
		fail("abort");
	if (ioctl(file, START))
		fail("start");
	for (unsigned i = 0; i < TOO_MANY; i++)
		if (pwrite(file, &byte, 1, (off_t)i * SIZE) < 0 && errno != EFBIG)
			fail("too many");
	if (ioctl(file, COMMIT) != -1 || errno != EFBIG || numbers_read(file) != number || lseek(file, 0, SEEK_END) != BLOCKS * SIZE)
		fail("more than a batch can have");
	puts("errors as they should be");
}

int main(int argc, char **argv)
{
	int file = open("/data/batches", O_RDWR | O_CREAT, 0600);
	long number = numbers_read(file), end = argc > 2 ? atol(argv[2]) : 0;
	uint32_t features;

	printf("found %ld\n", number);
	if (argc > 1 && atol(argv[1]) > number && atol(argv[1]))
		fail("a number is missing");
	if (ioctl(file, GET_FEATURES, &features) || features != 4)
		fail("features");
	while (!end || number < end) {
		number++;
		if (ioctl(file, START))
			fail("start");
		for (unsigned i = 0; i < BLOCKS; i++)
			number_write(file, i, number);
		if (ioctl(file, COMMIT))
			fail("commit");
		printf("number %ld\n", number);
		fflush(stdout);
	}
	errors_check(file, number);
	return 0;
}
