/* SPDX-License-Identifier: ISC */
/* tls_memory.c -- memory for Mbed TLS: 0, or the check that failed; with an argument, frees a block twice, or one that was overrun */
#include <mbedtls/platform.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { BLOCKS = 200, LONGEST = 1500 };

static unsigned char *blocks[BLOCKS];

static int is_all(const unsigned char *bytes, unsigned char value, size_t size)
{
	while (size && bytes[size - 1] == value)
		size--;
	return !size;
}

/* more than are kept, of each length; all of it 0, aligned, and nobody else's */
static int round_check(size_t size)
{
	for (unsigned i = 0; i < BLOCKS; i++) {
		blocks[i] = mbedtls_calloc(1, size);
		if (!blocks[i] || (uintptr_t)blocks[i] % 16 || !is_all(blocks[i], 0, size))
			return 0;
		memset(blocks[i], (int)i + 1, size);
	}
	for (unsigned i = 0; i < BLOCKS; i++) {
		if (!is_all(blocks[i], (unsigned char)(i + 1), size))
			return 0;
		mbedtls_free(blocks[i]);
	}
	return 1;
}

int main(int count, char **words)
{
	unsigned char *volatile first = mbedtls_calloc(3, 20), *second = mbedtls_calloc(1, 60);

	if (!first || !second)
		return 1;
	if (count > 1 && !strcmp(words[1], "twice")) {
		mbedtls_free(first);
		mbedtls_free(first);
	} else if (count > 1) {
		for (unsigned char *at = first < second ? first : second; at < (first < second ? second : first); at++)
			*at = 'x';
		mbedtls_free(first < second ? second : first);
	}
	mbedtls_free(NULL);
	if (mbedtls_calloc(SIZE_MAX / 2, 3) || mbedtls_calloc(1, SIZE_MAX) || mbedtls_calloc(1, PTRDIFF_MAX))
		return 2;
	for (size_t size = 0; size < LONGEST; size += size < 600 ? 1 : 100)
		if (!round_check(size))
			return 3;
	puts("right");
	return 0;
}
