/* SPDX-License-Identifier: ISC */
/*
 * fuzz_metrics.c -- hands random bytes to the reader of requests of modules/metrics, line by line, as a slow client does
 *
 * What was judged stays so: once there is a status, nothing was asked for more. The
 * only request that is answered begins as one does, and ends with an empty line.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../modules/metrics/request.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t length = 0;
	unsigned status = PART;

	if (size > REQUEST_MOST)
		size = REQUEST_MOST;
	while (length < size && status == PART) {
		const uint8_t *end = memchr(data + length, '\n', size - length);
		char *text;

		length = end ? (size_t)(end - data) + 1 : size;
		/* exactly as large as what has come, so that the sanitizer sees each byte too far */
		text = calloc(length + 1, 1);
		if (!text)
			abort();
		memcpy(text, data, length);
		status = request_judge(text, length);
		if (status == OK && (memcmp(text, "GET /metrics", 12) || memcmp(text + length - 4, "\r\n\r\n", 4)))
			abort();
		free(text);
	}
	if (status == PART && length == REQUEST_MOST)
		abort();
	return 0;
}
