/* SPDX-License-Identifier: ISC */
/*
 * metrics/serve.c -- answers one client after another, each within a second
 *
 * The guest and the monitor's other threads never wait for this one, whatever a client
 * does. An answer is sent in chunks, as it is written: one that was cut
 * short lacks the last, so no client takes it for whole.
 */
#include "serve.h"

#include <errno.h>
#include <linux/close_range.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core.h"
#include "request.h"
#include "samples.h"

enum {
	CONNECTION = 0,
	TIME_MOST = 1000000000,         /* ns for a request and its answer */
	CHUNK = 4000,
	CHUNK_HEAD = 5,                 /* three digits, and a line end */
};

static uint64_t deadline;
static bool failed;                     /* the client is gone, or its time is up */

static struct {
	char head[CHUNK_HEAD], text[CHUNK + 2];
	size_t length;                  /* of text */
} chunk;

/* waits until the connection is readable or writable; false if its time is up */
static bool await(short events)
{
	struct pollfd connection = {.fd = CONNECTION, .events = events};
	uint64_t now = time_now(), left = deadline > now ? deadline - now : 0;
	const struct timespec timeout = {(time_t)(left / 1000000000), (long)(left % 1000000000)};

	return left && ppoll(&connection, 1, &timeout, NULL) > 0;
}

static void send_all(const char *text, size_t length)
{
	while (length && !failed) {
		ssize_t count = write(CONNECTION, text, length);

		if (count >= 0) {
			text += count;
			length -= (size_t)count;
		} else if (errno != EAGAIN || !await(POLLOUT)) {
			failed = true;
		}
	}
	/* a client that takes a few bytes a time has no more time than others */
	failed |= time_now() > deadline;
}

static void send_text(const char *text)
{
	send_all(text, strlen(text));
}

static void chunk_send(void)
{
	static const char digits[] = "0123456789abcdef";

	if (!chunk.length)
		return;
	memcpy(chunk.head, (char[]){digits[chunk.length >> 8], digits[chunk.length >> 4 & 15], digits[chunk.length & 15], '\r', '\n'},
	       CHUNK_HEAD);
	memcpy(chunk.text + chunk.length, "\r\n", 2);
	send_all(chunk.head, CHUNK_HEAD + chunk.length + 2);
	chunk.length = 0;
}

static void chunk_add(const char *text, size_t length)
{
	while (length) {
		size_t part = length < CHUNK - chunk.length ? length : CHUNK - chunk.length;

		memcpy(chunk.text + chunk.length, text, part);
		chunk.length += part;
		text += part;
		length -= part;
		if (chunk.length == CHUNK)
			chunk_send();
	}
}

static void answer_samples(void)
{
	send_text("HTTP/1.1 200 OK\r\n"
		  "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
		  "Transfer-Encoding: chunked\r\n"
		  "Connection: close\r\n\r\n");
	samples_write(chunk_add);
	chunk_send();
	send_text("0\r\n\r\n");
}

static void answer_refuse(const char *status)
{
	send_text("HTTP/1.1 ");
	send_text(status);
	send_text("\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

static void answer(unsigned status)
{
	switch (status) {
	case 200:
		answer_samples();
		break;
	case 404:
		answer_refuse("404 Not Found");
		break;
	case 405:
		answer_refuse("405 Method Not Allowed\r\nAllow: GET");
		break;
	case 431:
		answer_refuse("431 Request Header Fields Too Large");
		break;
	case 505:
		answer_refuse("505 HTTP Version Not Supported");
		break;
	default:
		answer_refuse("400 Bad Request");
	}
}

/* the status of the answer; 0 if there was no request in time */
static unsigned request_read(void)
{
	static char request[REQUEST_MOST + 1];
	size_t length = 0;
	unsigned status = 0;

	while (!status) {
		ssize_t count;

		if (!await(POLLIN))
			return 0;
		count = read(CONNECTION, request + length, REQUEST_MOST - length);
		if (count <= 0)
			return 0;
		length += (size_t)count;
		request[length] = 0;
		status = request_judge(request, length);
	}
	return status;
}

static void connection_serve(void)
{
	unsigned status;

	deadline = time_now() + TIME_MOST;
	failed = false;
	status = request_read();
	if (status)
		answer(status);
	close(CONNECTION);
}

/* a copy would keep devices open that others have closed, and connections must not come in the way of a debugger's */
static void descriptors_leave(void)
{
	syscall(SYS_close_range, 0, FD_METRICS_LISTENER - 1, CLOSE_RANGE_UNSHARE);
	syscall(SYS_close_range, FD_METRICS_LISTENER + 1, ~0u, CLOSE_RANGE_UNSHARE);
}

void serve(void)
{
	struct pollfd listener = {.fd = FD_METRICS_LISTENER, .events = POLLIN};

	descriptors_leave();
	for (;;) {
		ppoll(&listener, 1, NULL, NULL);
		if (accept4(FD_METRICS_LISTENER, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC) == CONNECTION)
			connection_serve();
	}
}
