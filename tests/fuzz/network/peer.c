/* SPDX-License-Identifier: ISC */
/*
 * peer.c -- the guest's network device, and a peer that sends what it likes
 *
 * The input is what the peer does: frames as they are, packets of any protocol,
 * segments of TCP near the numbers that the guest last sent, so that connections are
 * made and used, and time that passes. Checksums are not looked at.
 * Each frame lies in memory of exactly its size.
 */
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk.h>
#include <uk_lwip.h>

#include "lwip/memp.h"
#include "lwip/prot/icmp6.h"
#include "lwip/prot/ip6.h"
#include "lwip/prot/tcp.h"
#include "lwip/stats.h"
#include "lwip/priv/tcp_priv.h"

enum { ECHO = 7, TCP4_AT = PEER_DATA4, TCP6_AT = 54, POOL_MOST = 4096, FRAGMENT_SECONDS = 65, PART = 600 };

static const uint8_t *input;
static size_t input_left;

uint64_t peer_now = PEER_SECOND;
bool peer_link = true;
void (*peer_sees)(const uint8_t *frame, size_t size);
uint8_t peer_frame[4096];
size_t peer_frame_size;

static uint8_t sent[65535];
/* as the guest's last segment said */
static uint32_t guest_next, peer_next;
static uint8_t ports[4];        /* of the guest and of the peer */

void input_begin(const uint8_t *data, size_t size)
{
	input = data;
	input_left = size;
}

bool input_is_left(void)
{
	return input_left;
}

unsigned input_byte(void)
{
	if (!input_left)
		return 0;
	input_left--;
	return *input++;
}

size_t input_bytes(uint8_t *to, size_t most)
{
	size_t size = input_left < most ? input_left : most;

	memcpy(to, input, size);
	input += size;
	input_left -= size;
	return size;
}

static uint32_t number_read(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void number_write(uint8_t *at, uint32_t number)
{
	for (int i = 3; i >= 0; i--, number >>= 8)
		at[i] = (uint8_t)number;
}

/* the guest's device */

solo5_time_t solo5_clock_monotonic(void)
{
	return peer_now;
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready)
{
	(void)ready;
	if (deadline > peer_now && deadline != UINT64_MAX)
		peer_now = deadline;
}

void solo5_console_write(const char *text, size_t size)
{
	fwrite(text, 1, size, stderr);
}

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle, struct solo5_net_info *info)
{
	(void)name;
	*handle = 0;
	*info = (struct solo5_net_info){.mac_address = {2, 0, 0, 0, 0, 7}, .mtu = 1500};
	return SOLO5_R_OK;
}

static void sent_note(const uint8_t *frame, size_t size)
{
	size_t at = frame[12] == 0x86 ? TCP6_AT : TCP4_AT;

	if (peer_sees)
		peer_sees(frame, size);
	if (size < at + 20 || (at == TCP4_AT ? frame[12] != 8 || frame[13] || frame[23] != IP_PROTO_TCP : frame[20] != IP_PROTO_TCP))
		return;
	memcpy(ports, frame + at, sizeof(ports));
	guest_next = number_read(frame + at + 4) + !!(frame[at + 13] & TCP_SYN);
	peer_next = number_read(frame + at + 8);
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *bytes, size_t size)
{
	(void)handle;
	sent_note(bytes, size);
	return SOLO5_R_OK;
}

void uk_random(void *bytes, size_t size)
{
	memset(bytes, 7, size);
}

bool uk_net_is_up(solo5_handle_t handle)
{
	(void)handle;
	return peer_link;
}

solo5_result_t uk_net_reserve(solo5_handle_t handle, uint8_t **bytes)
{
	(void)handle;
	*bytes = sent;
	return SOLO5_R_OK;
}

solo5_result_t uk_net_commit(solo5_handle_t handle, size_t size)
{
	(void)handle;
	sent_note(sent, size);
	return SOLO5_R_OK;
}

bool uk_net_offloads(solo5_handle_t handle)
{
	(void)handle;
	return true;
}

solo5_result_t uk_net_reserve_tcp(solo5_handle_t handle, unsigned count, uint8_t **bytes)
{
	if (count > UK_NET_PARTS)
		abort();
	return uk_net_reserve(handle, bytes);
}

/* what the device still reads */
static struct {
	void (*release)(void *owner);
	void *owner;
} owned[4 * UK_NET_PARTS];
static unsigned owned_count;

/* as the monitor checks it: a packet of TCP that says its own length, and is cut into whole segments */
solo5_result_t uk_net_commit_tcp(solo5_handle_t handle, size_t size, const struct uk_net_part *parts, unsigned count, size_t segment,
				 void (*release)(void *owner))
{
	bool six = sent[12] == 0x86;
	size_t length = (size_t)(sent[six ? 18 : 16] << 8 | sent[six ? 19 : 17]) + (six ? 54 : 14);

	if (owned_count > 3 * UK_NET_PARTS)
		uk_net_reclaim(handle);
	for (unsigned i = 0; i < count; i++) {
		if (!parts[i].size || parts[i].size > sizeof(sent) - size)
			abort();
		memcpy(sent + size, parts[i].bytes, parts[i].size);
		size += parts[i].size;
		if (parts[i].owner) {
			owned[owned_count].release = release;
			owned[owned_count++].owner = parts[i].owner;
		}
	}
	if (length != size || sent[six ? 20 : 23] != IP_PROTO_TCP || (segment && (segment < 536 || segment > 1460)) ||
	    (!segment && size > 1514))
		abort();
	sent_note(sent, size);
	return SOLO5_R_OK;
}

void uk_net_reclaim(solo5_handle_t handle)
{
	unsigned count = owned_count;

	(void)handle;
	owned_count = 0;
	for (unsigned i = 0; i < count; i++)
		owned[i].release(owned[i].owner);
}

/* in parts, with a size of their own, of which half are to be released soon */
solo5_result_t uk_net_take_large(solo5_handle_t handle, const uint8_t **bytes, size_t *size, unsigned *flags)
{
	static bool scarce;
	uint8_t *copy;

	(void)handle;
	if (!peer_frame_size)
		return SOLO5_R_AGAIN;
	*size = peer_frame_size < PART ? peer_frame_size : PART;
	copy = malloc(*size);
	memcpy(copy, peer_frame, *size);
	*bytes = copy;
	peer_frame_size -= *size;
	memmove(peer_frame, peer_frame + *size, peer_frame_size);
	scarce = !scarce;
	*flags = UK_NET_SUMMED | (peer_frame_size ? UK_NET_CONTINUES : 0) | (scarce ? UK_NET_SCARCE : 0);
	return SOLO5_R_OK;
}

solo5_result_t uk_net_release(solo5_handle_t handle, const uint8_t *bytes)
{
	(void)handle;
	free((void *)bytes);
	return SOLO5_R_OK;
}

/* what it sends */

static void head_make(const char *type)
{
	static const uint8_t addresses[] = {2, 0, 0, 0, 0, 7, 2, 0, 0, 0, 0, 1};

	memset(peer_frame, 0, sizeof(peer_frame));
	memcpy(peer_frame, addresses, sizeof(addresses));
	memcpy(peer_frame + 12, type, 2);
}

void peer_packet4(unsigned protocol, size_t size)
{
	head_make("\x08\x00");
	peer_frame[14] = 0x45;
	peer_frame[16] = (uint8_t)((20 + size) >> 8);
	peer_frame[17] = (uint8_t)(20 + size);
	peer_frame[22] = 64;
	peer_frame[23] = (uint8_t)protocol;
	memcpy(peer_frame + 26, "\x0a\x09\x00\x01\x0a\x09\x00\x02", 8);
	peer_frame_size = PEER_DATA4 + size;
}

void peer_packet6(unsigned protocol, size_t size, bool link)
{
	head_make("\x86\xdd");
	peer_frame[14] = 0x60;
	peer_frame[18] = (uint8_t)(size >> 8);
	peer_frame[19] = (uint8_t)size;
	peer_frame[20] = (uint8_t)protocol;
	peer_frame[21] = 255;
	memcpy(peer_frame + 22, link ? "\xfe\x80" : "\xfd", 2);
	peer_frame[37] = 1;
	peer_frame[38] = 0xfd;
	peer_frame[53] = 2;
}

void peer_datagram(unsigned host, unsigned from, unsigned to, const uint8_t *bytes, size_t size)
{
	uint8_t *udp = peer_frame + PEER_DATA4;

	if (size > PEER_FRAME_MOST - PEER_DATA4 - 8)
		size = PEER_FRAME_MOST - PEER_DATA4 - 8;
	peer_packet4(IP_PROTO_UDP, 8 + size);
	peer_frame[29] = (uint8_t)host;
	number_write(udp, from << 16 | to);
	number_write(udp + 4, (uint32_t)(8 + size) << 16);
	memcpy(udp + 8, bytes, size);
}

/* for the guest's connection of the last segment it sent */
static void ports_answer(uint8_t *tcp)
{
	memcpy(tcp, ports + 2, 2);
	memcpy(tcp + 2, ports, 2);
}

void peer_segment(const uint8_t *bytes, size_t size)
{
	uint8_t *tcp = peer_frame + TCP4_AT;

	if (size > TCP_MSS)
		size = TCP_MSS;
	peer_packet4(IP_PROTO_TCP, 20 + size);
	ports_answer(tcp);
	number_write(tcp + 4, peer_next);
	number_write(tcp + 8, guest_next);
	tcp[12] = 5 << 4;
	tcp[13] = TCP_ACK | TCP_PSH;
	tcp[14] = 0x40;
	memcpy(tcp + 20, bytes, size);
}

/* port: bit 7 says that the segment is for the last connection, bit 6 that it comes by IPv6 */
static void segment_make(void)
{
	unsigned flags = input_byte(), port = input_byte(), ahead = input_byte(), behind = input_byte();
	unsigned options = input_byte() % 11 * 4, size = input_byte() * 5, had;
	uint8_t *tcp = peer_frame + (port & 64 ? TCP6_AT : TCP4_AT);

	if (port & 64) {
		peer_packet6(IP_PROTO_TCP, 20 + options + size, false);
		peer_frame_size = TCP6_AT + 20 + options + size;
	} else {
		peer_packet4(IP_PROTO_TCP, 20 + options + size);
	}
	tcp[0] = 40;
	tcp[1] = (uint8_t)(port % 8);
	tcp[3] = ECHO;
	if (port & 128)
		ports_answer(tcp);
	number_write(tcp + 4, peer_next + (ahead < 128 ? ahead : (ahead - 256) * TCP_MSS));
	number_write(tcp + 8, guest_next - (behind < 200 ? behind * 37 : 0) + (behind >= 250 ? behind - 250 : 0));
	tcp[12] = (uint8_t)((5 + options / 4) << 4);
	tcp[13] = (uint8_t)flags;
	input_bytes(tcp + 14, 2);
	input_bytes(tcp + 20, options);
	had = options >= 12 ? input_byte() : 0;
	/* a range that it has */
	if (had & 1) {
		memcpy(tcp + 20, "\x01\x01\x05\x0a", 4);
		number_write(tcp + 24, guest_next - input_byte() * 100);
		number_write(tcp + 28, number_read(tcp + 24) + input_byte() * 50);
	}
}

static void packet4_make(void)
{
	size_t size = input_byte() * 3;
	unsigned flags = input_byte(), offset = input_byte();

	peer_packet4(input_byte(), size);
	peer_frame[20] = flags & 0x3f;
	peer_frame[21] = (uint8_t)offset;
	input_bytes(peer_frame + PEER_DATA4, size);
}

static void packet6_make(void)
{
	size_t size = input_byte() * 3;
	bool link = input_byte() & 1;

	peer_packet6(input_byte(), size, link);
	peer_frame_size = TCP6_AT + input_bytes(peer_frame + TCP6_AT, size);
}

static void raw_make(bool for_guest)
{
	size_t size = input_byte() * 4 + input_byte() % 4;

	memset(peer_frame, 0, sizeof(peer_frame));
	peer_frame_size = input_bytes(peer_frame, size < PEER_FRAME_MOST ? size : PEER_FRAME_MOST);
	if (for_guest)
		memcpy(peer_frame, "\x02\x00\x00\x00\x00\x07", 6);
}

void peer_turn(void)
{
	unsigned what = input_byte();
	bool other = what & 32;

	switch (what % 5) {
	case 0:
		raw_make(other);
		break;
	case 1:
	case 2:
		segment_make();
		break;
	case 3:
		peer_now += (uint64_t)input_byte() * (other ? PEER_SECOND / 10 : PEER_SECOND / 1000);
		break;
	default:
		if (other)
			packet4_make();
		else
			packet6_make();
	}
}

void peer_known(void)
{
	head_make("\x08\x06");
	memcpy(peer_frame + 14, "\0\1\x08\0\x06\x04\0\2\2\0\0\0\0\1\x0a\x09\0\1\2\0\0\0\0\7\x0a\x09\0\2", 28);
	peer_frame_size = 42;
	uk_lwip_move();
	/* a neighbour solicitation: type, target and the sender's address on the link */
	peer_packet6(IP6_NEXTH_ICMP6, 32, false);
	peer_frame[TCP6_AT] = ICMP6_TYPE_NS;
	memcpy(peer_frame + TCP6_AT + 8, peer_frame + 38, 16);
	memcpy(peer_frame + TCP6_AT + 24, "\1\1\2\0\0\0\0\1", 8);
	peer_frame_size = TCP6_AT + 32;
	uk_lwip_move();
}

void peer_forgotten(void)
{
	peer_frame_size = 0;
	/* a pause of TCP's timer */
	peer_now += (uint64_t)2 * TCP_MSL / 1000 * PEER_SECOND;
	for (int i = 0; i < FRAGMENT_SECONDS; i++) {
		peer_now += PEER_SECOND;
		uk_lwip_move();
	}
	netif_set_down(netif_default);
	netif_set_up(netif_default);
	uk_lwip_move();
}

/* memory */

static mem_size_t heap_used;
static unsigned pool_free[MEMP_MAX];

/* how many more a pool would give */
static unsigned pool_count(memp_t type)
{
	static void *taken[POOL_MOST];
	unsigned count = 0;

	while (count < POOL_MOST && (taken[count] = memp_malloc(type)))
		count++;
	for (unsigned i = count; i--;)
		memp_free(type, taken[i]);
	return count;
}

void peer_memory_note(void)
{
	heap_used = lwip_stats.mem.used;
	for (memp_t type = 0; type < MEMP_MAX; type++)
		pool_free[type] = pool_count(type);
}

void peer_memory_check(void)
{
	if (lwip_stats.mem.used != heap_used) {
		fprintf(stderr, "lwIP's heap: %u bytes are in use, and were %u\n", (unsigned)lwip_stats.mem.used, (unsigned)heap_used);
		abort();
	}
	for (memp_t type = 0; type < MEMP_MAX; type++)
		if (pool_count(type) != pool_free[type]) {
			fprintf(stderr, "lwIP's pool %d: %u are free, and %u were\n", type, pool_count(type), pool_free[type]);
			abort();
		}
}
