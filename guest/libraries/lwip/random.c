/* SPDX-License-Identifier: ISC */
/*
 * random.c -- numbers that others on the network can't predict
 *
 * All are SipHash-2-4 (Aumasson, Bernstein 2012), keyed with the random value
 * that the monitor gave for the stack protector; a keyed hash tells nothing of
 * its key.
 */
#include "lwip/opt.h"

#include <solo5.h>

#include "hooks.h"

extern uintptr_t __stack_chk_guard;

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

/* of two words of text; the second key tells what the hash is for */
static uint64_t sip_hash(uint64_t purpose, uint64_t first, uint64_t second)
{
	const uint64_t text[] = {first, second, (uint64_t)16 << 56};
	uint64_t key = __stack_chk_guard;
	uint64_t v[4] = {
		key ^ 0x736f6d6570736575, purpose ^ 0x646f72616e646f6d,
		key ^ 0x6c7967656e657261, purpose ^ 0x7465646279746573,
	};

	for (unsigned i = 0; i < 3; i++) {
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

	return (uint32_t)sip_hash(1, count++, 0);
}

/* RFC 6528: a hash of the connection's ends, plus a clock of 4 us (here 4.1) that tells successive ones apart */
u32_t uk_lwip_sequence(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port)
{
	uint64_t addresses = (uint64_t)ip4_addr_get_u32(ip_2_ip4(local)) << 32 | ip4_addr_get_u32(ip_2_ip4(remote));
	uint64_t ports = (uint64_t)local_port << 16 | remote_port;

	return (u32_t)(sip_hash(2, addresses, ports) + (solo5_clock_monotonic() >> 12));
}
