/* SPDX-License-Identifier: ISC */
/* server.h -- the HTTP server: connections and answers */
#ifndef SERVER_H
#define SERVER_H

#include <lwip/tcp.h>

#include "content.h"

struct statistics {
	solo5_time_t start;
	uint64_t requests, bytes;       /* answered; sent as content */
	uint64_t accepted, refused;     /* connections; refused because there were too many */
	unsigned open;
};

extern struct statistics statistics;

/* Listens on a port, on every interface. */
bool server_start(u16_t port);

/* Accepts no more connections, answers what was received, and closes. */
void server_stop(void);

/* True once a server that stops has no connection left, and all that it sent has arrived. */
bool server_has_ended(void);

enum { ANSWER_MAX = 1024 };     /* bytes of an answer's head, with the short content of those that are made up */

/* an answer: a head in text and, for files, content that follows it */
struct answer {
	char text[ANSWER_MAX];
	size_t length;
	bool has_content;
	struct content content;
	size_t made_up;         /* bytes of content that are in text */
};

/* Answers with a file, what is made up for a path, or a status. */
void answer_to(struct answer *answer, const char *path, bool head, bool keep_alive);
void answer_status(struct answer *answer, unsigned status, bool head, bool keep_alive);

#endif
