/* SPDX-License-Identifier: ISC */
/* fuzz_request.c -- hands random bytes to the request reader of examples/httpd, whole and in two pieces */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../examples/httpd/request.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct request request;
	size_t seen = 0, length, cut;
	unsigned status;
	char *text;

	if (size > REQUEST_MAX)
		return 0;
	/* of just that size, so that the sanitizer sees what reads beyond */
	text = malloc(size ? size : 1);
	if (!text)
		abort();
	memcpy(text, data, size);
	length = request_end(text, size, &seen);
	/* however the bytes come, the head ends at the same place */
	cut = size ? data[0] % size : 0;
	seen = 0;
	if (!request_end(text, cut, &seen) && request_end(text, size, &seen) != length)
		abort();
	if (length) {
		status = request_parse(&request, text, length);
		if (status ? status < 400 || status > 505 : request.path[0] != '/' || strlen(request.path) >= PATH_SIZE)
			abort();
	}
	free(text);
	return 0;
}
