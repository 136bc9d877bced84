/* SPDX-License-Identifier: ISC */
/*
 * reserved.c -- sends frames of TCP whose ports count from 1; all before one of them leave while that one is reserved
 *
 * Those behind it are put together before anything else leaves, in buffers that must not be its own.
 */
#include <solo5.h>
#include <string.h>
#include <uk.h>

enum { BEFORE = 3, BEHIND = 3, SIZE = 54 };

/* Ethernet's header to everyone, IPv4's of 40 bytes, and TCP's */
static const uint8_t frame[SIZE] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 8, 0,
	0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0, 10, 9, 0, 2, 10, 9, 0, 1,
	0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 4, 0, 0, 0, 0, 0,
};
static solo5_handle_t net;

static void fill(uint8_t *buffer, uint8_t port)
{
	memcpy(buffer, frame, SIZE);
	buffer[35] = port;
}

static bool send(uint8_t port)
{
	uint8_t *buffer;

	if (uk_net_reserve(net, &buffer) != SOLO5_R_OK)
		return false;
	fill(buffer, port);
	return uk_net_commit(net, SIZE) == SOLO5_R_OK;
}

static void release(void *owner)
{
	(void)owner;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	struct solo5_net_info facts;
	uint8_t *buffer, port = 1;

	(void)info;
	if (solo5_net_acquire("service", &net, &facts) != SOLO5_R_OK || !uk_net_offloads(net))
		return 1;
	while (port <= BEFORE)
		if (!send(port++))
			return 2;
	if (uk_net_reserve_tcp(net, 0, &buffer) != SOLO5_R_OK)
		return 3;
	fill(buffer, port++);
	/* they leave meanwhile */
	solo5_yield(solo5_clock_monotonic() + 10000000, NULL);
	if (uk_net_commit_tcp(net, SIZE, NULL, 0, 0, release) != SOLO5_R_OK)
		return 4;
	while (port <= BEFORE + 1 + BEHIND)
		if (!send(port++))
			return 5;
	return 0;
}
