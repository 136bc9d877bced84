/* SPDX-License-Identifier: ISC */
/*
 * torn.c -- runs an application with one block device as a process that ends in the middle of a write
 *
 * usage: PROGRAM IMAGE BLOCK_SIZE BYTES [ARGUMENT...]
 * The write that exceeds BYTES in total is torn there; the exit status is 137 then.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <uk.h>

enum { HEAP = 4 << 20 };

static int image;
static uint64_t capacity, block_size, left;
static char **arguments;        /* the application's, behind a word for how it was called */

void solo5_console_write(const char *buf, size_t size)
{
	if (write(STDOUT_FILENO, buf, size) != (ssize_t)size)
		_exit(1);
}

void uk_arguments(int *argc, char ***argv)
{
	*argv = arguments;
	for (*argc = 0; arguments[*argc]; ++*argc)
		;
}

bool uk_stop_requested(void)
{
	return false;
}

void solo5_exit(int status)
{
	_exit(status);
}

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle, struct solo5_block_info *info)
{
	(void)name;
	*handle = 1;
	*info = (struct solo5_block_info){capacity, block_size};
	return SOLO5_R_OK;
}

static bool is_valid(solo5_off_t offset, size_t size)
{
	return size && offset % block_size == 0 && size % block_size == 0 && size <= capacity && offset <= capacity - size;
}

solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
	(void)handle;
	if (!is_valid(offset, size))
		return SOLO5_R_EINVAL;
	return pread(image, buf, size, (off_t)offset) == (ssize_t)size ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}

solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	size_t part = size < left ? size : left;

	(void)handle;
	if (!is_valid(offset, size))
		return SOLO5_R_EINVAL;
	if (pwrite(image, buf, part, (off_t)offset) != (ssize_t)part)
		return SOLO5_R_EUNSPEC;
	if (part < size)
		_exit(137);
	left -= size;
	return SOLO5_R_OK;
}

solo5_result_t uk_block_flush(solo5_handle_t handle)
{
	(void)handle;
	return SOLO5_R_OK;
}

int main(int argc, char **argv)
{
	static char heap[HEAP] __attribute__((aligned(4096)));
	const struct solo5_start_info info = {.cmdline = "", .heap_start = (uintptr_t)heap, .heap_size = HEAP};
	struct stat status;

	image = argc > 3 ? open(argv[1], O_RDWR) : -1;
	if (image < 0 || fstat(image, &status)) {
		fprintf(stderr, "usage: %s IMAGE BLOCK_SIZE BYTES [ARGUMENT...]\n", argv[0]);
		return 1;
	}
	capacity = (uint64_t)status.st_size;
	block_size = strtoul(argv[2], NULL, 10);
	left = strtoul(argv[3], NULL, 10);
	arguments = argv + 3;
	return solo5_app_main(&info);
}
