/* SPDX-License-Identifier: ISC */
/*
 * replay.c -- gives a fuzzing program the files that are named, once each, where libFuzzer is not linked in
 *
 * The programs wrap malloc, free and their like, so these are left alone here.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
	if (LLVMFuzzerInitialize)
		LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++) {
		int file = open(argv[i], O_RDONLY);
		struct stat status;
		void *data;

		/* at its exact size, so that reading on is noticed */
		if (file < 0 || fstat(file, &status) ||
		    posix_memalign(&data, sizeof(void *), (size_t)status.st_size) ||
		    read(file, data, (size_t)status.st_size) != status.st_size)
			return 2;
		close(file);
		LLVMFuzzerTestOneInput(data, (size_t)status.st_size);
	}
	return 0;
}
