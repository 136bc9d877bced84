/* SPDX-License-Identifier: ISC */
/*
 * fuzz_resolver.c -- the resolver of the library of sockets, with name servers that answer what they like
 *
 * It asks two servers for addresses of IPv4 and IPv6. The input is what they, or others,
 * answer: datagrams with the number and the question of a query or with wrong ones, and what
 * the peer of peer.c does, among it the streams that truncated answers lead to. What musl
 * gets has its own number and question, and lies in memory of exactly the size it said.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "peer.h"
#include "sockets_config.h"

#include "sockets.h"

/* the resolver's calls are those of the guest */
#define socket(family, type, protocol) (int)guest_sys_socket(family, type, protocol)
#define setsockopt(...) guest_sys_setsockopt(__VA_ARGS__)
#define connect(...) guest_sys_connect(__VA_ARGS__)
#define sendmsg(...) guest_sys_sendmsg(__VA_ARGS__)
#define recv(descriptor, bytes, size, flags) guest_sys_recvfrom(descriptor, bytes, size, flags, NULL, NULL)
#define recvfrom(...) guest_sys_recvfrom(__VA_ARGS__)
#define poll(polls, count, wait) guest_sys_ppoll(polls, count, &(struct timespec){(wait) / 1000, (wait) % 1000 * 1000000}, NULL)
#define close(descriptor) descriptor_close(descriptor)
#include "resolver.c"

enum { QUERIES = 4, UDP_AT = PEER_DATA4 + 8 };

static struct query {
	unsigned port;
	size_t size;
	uint8_t bytes[300];
} queries[QUERIES];
static unsigned queries_count;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void queries_note(const uint8_t *frame, size_t size)
{
	struct query *query = &queries[queries_count % QUERIES];

	if (size <= UDP_AT || frame[12] != 8 || frame[13] || frame[23] != IPPROTO_UDP || size - UDP_AT > sizeof(query->bytes))
		return;
	queries_count++;
	query->port = (unsigned)frame[PEER_DATA4] << 8 | frame[PEER_DATA4 + 1];
	query->size = size - UDP_AT;
	memcpy(query->bytes, frame + UDP_AT, query->size);
}

/* an answer to one of the last queries */
static void answer_make(void)
{
	unsigned which = input_byte(), wrong = input_byte();
	const struct query *query = &queries[which % QUERIES];
	uint8_t bytes[PEER_FRAME_MOST] = {0};
	size_t begin = which & 128 ? 2 : 0, size = begin + query->size;

	memcpy(bytes + begin, query->bytes, query->size);
	/* byte 2: it is an answer, truncated or not; byte 3: its result */
	bytes[begin + 2] = (uint8_t)input_byte();
	bytes[begin + 3] = (uint8_t)input_byte();
	bytes[begin + 7] = (uint8_t)input_byte();
	if (wrong < size)
		bytes[wrong] ^= (uint8_t)input_byte();
	size += input_bytes(bytes + size, input_byte() * 4);
	if (wrong == 255)
		size /= 2;
	if (begin) {
		bytes[0] = (uint8_t)((size - begin) >> 8);
		bytes[1] = (uint8_t)(size - begin);
		peer_segment(bytes, size);
	} else {
		peer_datagram(which & 64 ? which : which & 32 ? 3 : 1, which & 16 ? input_byte() : PORT, query->port, bytes, size);
	}
}

static void peer_goes_on(void)
{
	if (input_byte() & 128)
		answer_make();
	else
		peer_turn();
}

static void start(void)
{
	static bool started;
	char *words[] = {"program", "--ip=10.9.0.2/24", "--gateway=10.9.0.1", "--ip=fd00::2/64", "--dns=10.9.0.1,10.9.0.3", NULL};

	if (started)
		return;
	started = true;
	peer_sees = queries_note;
	sockets_start(words, 5, peer_goes_on);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char one[] = "\0\1\1\0\0\1\0\0\0\0\0\0\3one\4test\0\0\1\0\1", two[] = "\0\2\1\0\0\1\0\0\0\0\0\0\3one\4test\0\0\x1c\0\1";
	const unsigned char *asked[] = {one, two};
	const int lengths[] = {sizeof(one) - 1, sizeof(two) - 1};
	unsigned char *answers[2];
	int got[2], room;

	start();
	queries_count = 0;
	memset(queries, 0, sizeof(queries));
	sockets_begin(data, size);
	room = 12 + (int)input_byte() * 4;
	for (int i = 0; i < 2; i++)
		answers[i] = malloc((size_t)room);
	if (__res_msend(2, asked, lengths, answers, got, room))
		abort();
	for (int i = 0; i < 2; i++) {
		if (got[i] < 0 || got[i] > room || (got[i] && memcmp(answers[i], asked[i], 2)) ||
		    (got[i] >= lengths[i] && memcmp(answers[i] + HEAD, asked[i] + HEAD, (size_t)lengths[i] - HEAD)) ||
		    (got[i] && !(answers[i][2] & ANSWERED))) {
			fprintf(stderr, "question %d has a wrong answer of %d bytes\n", i, got[i]);
			abort();
		}
		free(answers[i]);
	}
	sockets_end();
	return 0;
}
