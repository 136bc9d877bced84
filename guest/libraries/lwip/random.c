/* SPDX-License-Identifier: ISC */
/*
 * random.c -- numbers that others on the network can't predict
 *
 * All are SipHash-2-4 (Aumasson, Bernstein 2012) with a key of this run, of 128
 * bits; a keyed hash tells nothing of its key. What a hash is for is part of its
 * text, so that no two purposes share a number.
 */
#include "lwip/opt.h"

#include <string.h>
#include <uk.h>

#include "hooks.h"

enum purpose { PURPOSE_RANDOM = 1, PURPOSE_SEQUENCE, PURPOSE_ENDS };

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

static void sip_word(uint64_t v[4], uint64_t word)
{
	v[3] ^= word;
	sip_rounds(v, 2);
	v[0] ^= word;
}

/* of a purpose and words, which end with the length in bytes as the algorithm wants it */
static uint64_t sip_hash(enum purpose purpose, const uint64_t *words, size_t count)
{
	const uint64_t *key = sip_key();
	uint64_t v[4] = {
		key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
		key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573,
	};

	sip_word(v, purpose);
	for (size_t i = 0; i < count; i++)
		sip_word(v, words[i]);
	sip_word(v, (uint64_t)(8 * (count + 1)) << 56);
	v[2] ^= 0xff;
	sip_rounds(v, 4);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

uint32_t uk_lwip_random(void)
{
	static uint64_t count;

	count++;
	return (uint32_t)sip_hash(PURPOSE_RANDOM, &count, 1);
}

static uint64_t ends_hash(enum purpose purpose, const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port,
			  uint64_t more)
{
	/* words of 8 bytes, without gaps that have any value */
	union {
		struct {
			uint64_t more;
			ip_addr_t local, remote;
			u16_t local_port, remote_port;
		} ends;
		uint64_t words[1 + (2 * sizeof(ip_addr_t) + 2 * sizeof(u16_t) + 7) / 8];
	} text;

	memset(&text, 0, sizeof(text));
	text.ends.more = more;
	ip_addr_set(&text.ends.local, local);
	ip_addr_set(&text.ends.remote, remote);
	text.ends.local_port = local_port;
	text.ends.remote_port = remote_port;
	return sip_hash(purpose, text.words, sizeof(text.words) / sizeof(text.words[0]));
}

/* RFC 6528: a hash of the connection's ends, plus a clock of 4 us (here 4.1) that tells successive ones apart */
u32_t uk_lwip_sequence(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port)
{
	return (u32_t)(ends_hash(PURPOSE_SEQUENCE, local, local_port, remote, remote_port, 0) + (solo5_clock_monotonic() >> 12));
}

u64_t uk_lwip_hash(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port, u64_t more)
{
	return ends_hash(PURPOSE_ENDS, local, local_port, remote, remote_port, more);
}
