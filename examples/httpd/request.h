/* SPDX-License-Identifier: ISC */
/* request.h -- reads HTTP/1.0 and HTTP/1.1 requests from untrusted bytes */
#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stddef.h>

enum {
	REQUEST_MAX = 2048,     /* bytes of a request's head; one that is longer is refused */
	PATH_SIZE = 512,        /* of a decoded path and its NUL */
};

struct request {
	char path[PATH_SIZE];   /* decoded, begins with '/', without the query */
	bool head;              /* the answer's content is left out */
	bool keep_alive;        /* the client may send another one */
};

/*
 * The length of the head at the start of text, its empty line included; 0 while
 * that hasn't come. *seen, 0 at first, remembers how far text was looked at.
 */
size_t request_end(const char *text, size_t length, size_t *seen);

/* Reads a whole head; 0, or the status to answer with, and then request->head alone is of use. */
unsigned request_parse(struct request *request, const char *text, size_t length);

#endif
