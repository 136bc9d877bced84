/* SPDX-License-Identifier: ISC */
/*
 * resolver.c -- queries the name servers of --dns or DHCP, for musl's resolver
 *
 * Replaces musl's res_msend.c, which reads the servers from a file and has no TCP.
 * All servers are queried at once; the first answer that repeats its question counts.
 * A truncated answer is requested again over TCP; as much of it is used as musl has
 * room for.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <solo5.h>
#include <uk_lwip.h>

#include "../libc/calls/clock.h"

#include "address.h"
#include "lease6.h"
#include "network.h"

enum {
	PORT = 53,
	QUESTIONS = 2,          /* of A and AAAA */
	HEAD = 12,              /* bytes of a message before its question */
	LENGTH_MOST = 4096,     /* bytes of an answer over UDP; more than 512 only on request */
	ATTEMPTS = 2,
	INTERVAL = 2500,        /* milliseconds of one attempt */
	SERVERS_WAIT = 5,       /* seconds until name servers are known */
	ANSWERED = 0x80, OPERATION = 0x78, TRUNCATED = 2,       /* of byte 2 */
	FAMILY = LWIP_IPV6 ? AF_INET6 : AF_INET,        /* of sockets to servers; AF_INET6 serves both */
	RESULT = 15, NO_ERROR = 0, NO_SUCH_NAME = 3,            /* of byte 3 */
};

struct question {
	const unsigned char *query;
	size_t length;
	unsigned char id[2];    /* instead of the query's own, which can be guessed */
	unsigned char *answer;
	size_t room, got;
	unsigned failed;        /* servers that refused, as bits */
	bool done;
};

struct server {
	struct sockaddr_storage name;
	socklen_t size;
};

struct search {
	struct question questions[QUESTIONS];
	int question_count;
	struct server servers[UK_LWIP_SERVERS];
	unsigned server_count;
	int socket;
};

/* the bytes of a query up to the end of its question; 0 unless it has exactly one */
static size_t question_end(const unsigned char *query, size_t length)
{
	size_t at = HEAD;

	if (length < HEAD || query[4] || query[5] != 1)
		return 0;
	while (at < length && query[at])
		at += query[at] + 1u;
	return at + 5 <= length ? at + 5 : 0;
}

static bool is_answer(const struct question *question, const unsigned char *message, size_t length)
{
	size_t end = question_end(question->query, question->length);

	return end && length >= end && !memcmp(message, question->id, sizeof(question->id)) && message[2] & ANSWERED &&
		!(message[2] & OPERATION) && !message[4] && message[5] == 1 && !memcmp(message + HEAD, question->query + HEAD, end - HEAD);
}

/* musl expects its own ID */
static void keep(struct question *question, const unsigned char *message, size_t length)
{
	question->got = length < question->room ? length : question->room;
	memcpy(question->answer, message, question->got);
	memcpy(question->answer, question->query, sizeof(question->id));
}

static ssize_t query_send(const struct question *question, int socket, const struct server *server, bool stream)
{
	unsigned char length[2] = {(unsigned char)(question->length >> 8), (unsigned char)question->length};
	struct iovec parts[] = {
		{length, sizeof(length)}, {(void *)question->id, sizeof(question->id)},
		{(void *)(question->query + sizeof(question->id)), question->length - sizeof(question->id)},
	};
	struct msghdr message = {
		.msg_name = server ? (void *)&server->name : NULL, .msg_namelen = server ? server->size : 0,
		.msg_iov = parts + !stream, .msg_iovlen = stream ? 3 : 2,
	};

	return sendmsg(socket, &message, MSG_NOSIGNAL);
}

static bool stream_read(int socket, unsigned char *bytes, size_t size)
{
	return recv(socket, bytes, size, MSG_WAITALL) == (ssize_t)size;
}

/* gets the full answer over TCP; if that fails, the truncated one is kept */
static void ask_by_stream(struct question *question, const struct server *server)
{
	const struct timeval limit = {.tv_sec = INTERVAL / 1000};
	int stream = socket(server->name.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	unsigned char message[LENGTH_MOST], head[2];
	size_t length;

	if (stream < 0)
		return;
	setsockopt(stream, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(stream, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	if (!connect(stream, (const struct sockaddr *)&server->name, server->size) && query_send(question, stream, NULL, true) > 0 &&
	    stream_read(stream, head, sizeof(head))) {
		length = (size_t)head[0] << 8 | head[1];
		if (length > sizeof(message))
			length = sizeof(message);
		if (stream_read(stream, message, length) && is_answer(question, message, length))
			keep(question, message, length);
	}
	close(stream);
}

static void take(struct search *search, unsigned server, const unsigned char *message, size_t length)
{
	for (int i = 0; i < search->question_count; i++) {
		struct question *question = &search->questions[i];

		if (question->done || !is_answer(question, message, length))
			continue;
		/* another server may have an answer; otherwise there is none */
		if ((message[3] & RESULT) != NO_ERROR && (message[3] & RESULT) != NO_SUCH_NAME) {
			question->failed |= 1u << server;
			question->done = question->failed == (1u << search->server_count) - 1;
			return;
		}
		keep(question, message, length);
		question->done = true;
		if (message[2] & TRUNCATED)
			ask_by_stream(question, &search->servers[server]);
		return;
	}
}

/* takes received answers; ignores packets that are not from the servers */
static void messages_take(struct search *search)
{
	unsigned char message[LENGTH_MOST];
	struct sockaddr_storage from;
	socklen_t size = sizeof(from);
	ssize_t length;

	while ((length = recvfrom(search->socket, message, sizeof(message), 0, (struct sockaddr *)&from, &size)) >= 0) {
		for (unsigned i = 0; i < search->server_count; i++)
			if (size == search->servers[i].size && !memcmp(&from, &search->servers[i].name, size)) {
				take(search, i, message, (size_t)length);
				break;
			}
		size = sizeof(from);
	}
}

static bool is_done(const struct search *search)
{
	for (int i = 0; i < search->question_count; i++)
		if (!search->questions[i].done)
			return false;
	return true;
}

static void ask(struct search *search)
{
	for (int i = 0; i < search->question_count; i++)
		for (unsigned server = 0; server < search->server_count; server++)
			if (!search->questions[i].done && !(search->questions[i].failed & 1u << server))
				query_send(&search->questions[i], search->socket, &search->servers[server], false);
}

static void attempt(struct search *search)
{
	struct pollfd wait = {.fd = search->socket, .events = POLLIN};
	uint64_t end = solo5_clock_monotonic() + INTERVAL * (uint64_t)(SECOND / 1000), now;

	ask(search);
	while (!is_done(search) && (now = solo5_clock_monotonic()) < end)
		if (poll(&wait, 1, (int)((end - now) / (SECOND / 1000)) + 1) > 0)
			messages_take(search);
}

static void servers_find(struct search *search)
{
	uint64_t end = solo5_clock_monotonic() + SERVERS_WAIT * (uint64_t)SECOND;
	struct uk_lwip_servers known;

	uk_lwip_servers(&known);
	/* an address is there before the servers are, where only these come by DHCPv6 */
	while (CONFIG_LWIP_DHCP6 && !known.count && lease6_is_informing() && solo5_clock_monotonic() < end) {
		clock_wait(end);
		uk_lwip_servers(&known);
	}
	for (unsigned i = 0; i < known.count; i++) {
		struct server *server = &search->servers[search->server_count++];

		server->size = sizeof(server->name);
		address_write(&(struct address){known.items[i], PORT}, FAMILY, (struct sockaddr *)&server->name, &server->size);
	}
}

struct resolvconf;

/* the length of a missing answer is 0 */
int __res_msend_rc(int count, const unsigned char *const *queries, const int *lengths, unsigned char *const *answers,
		   int *answer_lengths, int room, const struct resolvconf *unused)
{
	struct search search = {.question_count = count};

	(void)unused;
	if (count > QUESTIONS || !network_start())
		return -1;
	for (int i = 0; i < count; i++) {
		struct question *question = &search.questions[i];
		uint32_t id = uk_lwip_random();

		*question = (struct question){
			.query = queries[i], .length = (size_t)lengths[i], .answer = answers[i], .room = (size_t)room,
			.id = {(unsigned char)id, (unsigned char)(id >> 8)},
		};
		/* questions that all servers refused */
		question->done = !question_end(question->query, question->length);
	}
	servers_find(&search);
	search.socket = socket(FAMILY, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (search.socket < 0)
		return -1;
	for (int i = 0; i < ATTEMPTS && search.server_count && !is_done(&search); i++)
		attempt(&search);
	close(search.socket);
	for (int i = 0; i < count; i++)
		answer_lengths[i] = (int)search.questions[i].got;
	return 0;
}

int __res_msend(int count, const unsigned char *const *queries, const int *lengths, unsigned char *const *answers,
		int *answer_lengths, int room)
{
	return __res_msend_rc(count, queries, lengths, answers, answer_lengths, room, NULL);
}
