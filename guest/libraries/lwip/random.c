/* SPDX-License-Identifier: ISC */
/*
 * random.c -- numbers that others on the network can't predict
 *
 * All are SipHash-2-4 (Aumasson, Bernstein 2012) with a key of this run, of 128
 * bits; a keyed hash tells nothing of its key. What a hash is for is part of its
 * text, so that no two purposes share a number.
 */
#include "lwip/opt.h"

#include <uk.h>

#include "hooks.h"

enum purpose { PURPOSE_RANDOM = 1, PURPOSE_SEQUENCE };

/* asked for once, at the first use */
static const uint64_t *sip_key(void)
{
	static uint64_t key[2];
	static bool known;

	if (!known)
		uk_random(key, sizeof(key));
	known = true;
	return key;
}

static uint64_t rotate(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

static void sip_rounds(uint64_t v[4], int rounds)
{
	while (rounds--) {
		v[0] += v[1];
		v[2] += v[3];
		v[1] = rotate(v[1], 13) ^ v[0];
		v[3] = rotate(v[3], 16) ^ v[2];
		v[0] = rotate(v[0], 32);
		v[2] += v[1];
		v[0] += v[3];
		v[1] = rotate(v[1], 17) ^ v[2];
		v[3] = rotate(v[3], 21) ^ v[0];
		v[2] = rotate(v[2], 32);
	}
}

/* of a text of three words, and its length in bytes, as the algorithm wants it */
static uint64_t sip_hash(enum purpose purpose, uint64_t first, uint64_t second)
{
	const uint64_t text[] = {purpose, first, second, (uint64_t)24 << 56};
	const uint64_t *key = sip_key();
	uint64_t v[4] = {
		key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
		key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573,
	};

	for (unsigned i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		v[3] ^= text[i];
		sip_rounds(v, 2);
		v[0] ^= text[i];
	}
	v[2] ^= 0xff;
	sip_rounds(v, 4);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

uint32_t uk_lwip_random(void)
{
	static uint64_t count;

	return (uint32_t)sip_hash(PURPOSE_RANDOM, count++, 0);
}

/* RFC 6528: a hash of the connection's ends, plus a clock of 4 us (here 4.1) that tells successive ones apart */
u32_t uk_lwip_sequence(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port)
{
	uint64_t addresses = (uint64_t)ip4_addr_get_u32(ip_2_ip4(local)) << 32 | ip4_addr_get_u32(ip_2_ip4(remote));
	uint64_t ports = (uint64_t)local_port << 16 | remote_port;

	return (u32_t)(sip_hash(PURPOSE_SEQUENCE, addresses, ports) + (solo5_clock_monotonic() >> 12));
}
