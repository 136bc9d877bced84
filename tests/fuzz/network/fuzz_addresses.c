/* SPDX-License-Identifier: ISC */
/*
 * fuzz_addresses.c -- how a guest finds its addresses: DHCP, DHCPv6, neighbour discovery, routers, multicast listeners
 *
 * The guest has no address. The input is what servers of DHCP and DHCPv6 answer, to the guest's last message
 * or with another number; messages of ICMPv6 of these kinds, with their lengths and addresses right or
 * wrong; what the peer of peer.c does; a carrier that goes and comes back; and time. After it
 * the guest gives up what it has, and no memory may be in use. Whatever they answer, it asks servers of DHCPv6 at most
 * twice a second.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk_lwip.h>

#include "lwip/dhcp.h"
#include "lwip/nd6.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/prot/dhcp.h"
#include "lwip/prot/icmp6.h"
#include "lwip/prot/ip6.h"

#include "lease.h"
#include "lease6.h"
#include "peer.h"

enum { UDP_AT = PEER_DATA4 + 8, OPTIONS_AT = 240, MESSAGE_MOST = 600, ICMP6_AT = 54, DATA6_AT = 62 };

static struct netif netif;
static uint8_t asked[MESSAGE_MOST];     /* the guest's last message of DHCP */
static uint8_t asked6[MESSAGE_MOST];    /* of DHCPv6 */
static unsigned asks6, links;           /* how often it asked, and the link changed */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void message_note(const uint8_t *frame, size_t size)
{
	if (size > DATA6_AT && frame[12] == 0x86 && frame[20] == IP_PROTO_UDP && frame[56] == 2 && frame[57] == 35) {
		memcpy(asked6, frame + DATA6_AT, size - DATA6_AT < sizeof(asked6) ? size - DATA6_AT : sizeof(asked6));
		asks6++;
	}
	if (size < UDP_AT + OPTIONS_AT || frame[12] != 8 || frame[13] || frame[23] != IP_PROTO_UDP || frame[PEER_DATA4 + 3] != 67)
		return;
	memcpy(asked, frame + UDP_AT, size - UDP_AT < sizeof(asked) ? size - UDP_AT : sizeof(asked));
}

/* a server's answer: of a type, with the address 10.9.0.HOST, and options of the input */
static void lease_answer(void)
{
	unsigned type = input_byte(), host = input_byte(), how = input_byte();
	uint8_t bytes[MESSAGE_MOST] = {2};
	size_t size = OPTIONS_AT;

	memcpy(bytes + 1, asked + 1, 43);
	memcpy(bytes + 16, "\x0a\x09\0", 3);
	bytes[19] = (uint8_t)host;
	memcpy(bytes + 236, "\x63\x82\x53\x63", 4);
	if (how & 1)
		input_bytes(bytes + 4, input_byte() % 64);
	/* the message type, the server, the mask; and 51, 58, 59 or others, with any value */
	if (!(how & 2)) {
		memcpy(bytes + size, "\x35\1\0\x36\4\x0a\x09\0\1\1\4\xff\xff\xff\0", 15);
		bytes[size + 2] = (uint8_t)type;
		size += 15;
	}
	for (unsigned i = how >> 4; i; i--) {
		static const uint8_t codes[] = {51, 58, 59, 3, 6, 28, 52, 54, 53, 255, 0};
		unsigned code = input_byte(), length = input_byte() % 16;

		bytes[size++] = code < sizeof(codes) ? codes[code] : (uint8_t)code;
		bytes[size++] = code & 128 ? (uint8_t)input_byte() : (uint8_t)length;
		size += input_bytes(bytes + size, length);
	}
	if (!(type & 128))
		bytes[size++] = 255;
	/* where an option may say that options go on */
	if (how & 4)
		input_bytes(bytes + 44, 64 + 128);
	peer_datagram(how & 8 ? 3 : 1, 67, 68, bytes, size);
}

/* an option whose length is that of its content, or isn't */
static uint8_t *option6_end(uint8_t *option, unsigned code, uint8_t *end)
{
	option[0] = 0;
	option[1] = (uint8_t)code;
	option[2] = 0;
	option[3] = (uint8_t)(code & 128 ? input_byte() : (unsigned)(end - option - 4));
	return end;
}

/* a time in seconds: short, or any */
static uint8_t *time6_make(uint8_t *at)
{
	unsigned first = input_byte();

	memset(at, first & 128 ? 0xff : 0, 4);
	at[3] = (uint8_t)first;
	if (first & 64)
		input_bytes(at, 4);
	return at + 4;
}

/* the address fd00::HOST, or any, for so long */
static uint8_t *address6_make(uint8_t *option)
{
	uint8_t *at = option + 4;
	unsigned host = input_byte();

	memset(at, 0, 16);
	at[0] = 0xfd;
	at[15] = (uint8_t)host;
	if (host & 128)
		input_bytes(at, 16);
	at = time6_make(time6_make(at + 16));
	return option6_end(option, 5, at);
}

static uint8_t *addresses6_make(uint8_t *option)
{
	unsigned how = input_byte();
	uint8_t *at = option + 4;

	memset(at, 0, 4);
	at[3] = how & 16 ? (uint8_t)input_byte() : 1;
	at = time6_make(time6_make(at + 4));
	for (unsigned i = how & 3; i; i--)
		at = address6_make(at);
	if (how & 4) {
		memcpy(at, "\0\15\0\2\0", 5);
		at[5] = (uint8_t)(input_byte() % 8);
		at += 6;
	}
	return option6_end(option, 3, at);
}

/* what a server of DHCPv6 answers: with the guest's identifier and number, and options of the input */
static void lease6_answer(void)
{
	static const uint8_t codes[] = {13, 14, 7, 23, 82, 83, 32, 1, 2, 141};
	unsigned how = input_byte();
	uint8_t bytes[MESSAGE_MOST], *at = bytes + 18;

	memcpy(bytes, asked6, 18);
	bytes[0] = how & 1 ? 7 : 2;
	if (!(how & 2)) {
		memcpy(at, "\0\2\0\4\0\3\0", 7);
		at[7] = (uint8_t)(input_byte() % 4);
		at += 8;
	}
	if (!(how & 4))
		at = addresses6_make(at);
	for (unsigned i = how >> 6; i; i--) {
		unsigned code = input_byte(), length = input_byte() % 40;
		uint8_t *option = at;

		at += 4;
		at += input_bytes(at, length);
		at = option6_end(option, code < sizeof(codes) ? codes[code] : code, at);
	}
	if (how & 8)
		input_bytes(bytes, 18);
	peer_packet6(IP_PROTO_UDP, (size_t)(at - bytes) + 8, true);
	memcpy(peer_frame + DATA6_AT, bytes, (size_t)(at - bytes));
	memcpy(peer_frame + 38, "\xfe\x80\0\0\0\0\0\0\0\0\0\xff\xfe\0\0\7", 16);
	memcpy(peer_frame + 54, "\2\43\2\42", 4);
	peer_frame[58] = (uint8_t)((at - bytes + 8) >> 8);
	peer_frame[59] = (uint8_t)(at - bytes + 8);
	memset(peer_frame + 60, 0, 2);
	peer_frame_size = DATA6_AT + (size_t)(at - bytes);
}

/* of routers, neighbours and queriers; to the guest, to all nodes, or to those with an address like the guest's */
static void discovery_make(void)
{
	static const uint8_t types[] = {ICMP6_TYPE_RA, ICMP6_TYPE_NS, ICMP6_TYPE_NA, ICMP6_TYPE_RD, ICMP6_TYPE_MLQ, ICMP6_TYPE_MLR, ICMP6_TYPE_PTB};
	unsigned how = input_byte(), size = input_byte() * 2;
	uint8_t *message = peer_frame + ICMP6_AT;

	peer_packet6(IP6_NEXTH_ICMP6, size, how & 8);
	if (how & 16)
		memset(peer_frame + 22, 0, 16);
	if (how & 32) {
		memset(peer_frame + 38, 0, 16);
		memcpy(peer_frame + 38, "\xff\2", 2);
		peer_frame[53] = 1;
	} else if (how & 64) {
		memcpy(peer_frame + 38, "\xff\2\0\0\0\0\0\0\0\0\0\1\xff\0\0\7", 16);
	} else {
		memcpy(peer_frame + 38, "\xfe\x80\0\0\0\0\0\0\0\0\0\xff\xfe\0\0\7", 16);
	}
	input_bytes(message, size);
	message[0] = types[how % 7];
	message[1] = 0;
	/* whose address it is about: the guest's, made of a prefix or of its link */
	if (how & 128) {
		memset(message + 8, 0, 16);
		memcpy(message + 8, input_byte() & 1 ? "\xfd\0" : "\xfe\x80", 2);
		memcpy(message + 19, "\xff\xfe\0\0\7", 5);
	}
	peer_frame_size = ICMP6_AT + size;
}

static void turn(void)
{
	unsigned what = input_byte();

	if (what & 128)
		discovery_make();
	else if (what & 64)
		lease_answer();
	else if (what & 32)
		lease6_answer();
	else if (what == 3)
		lease6_advertised(&netif, 1, 1);
	else if (what == 4)
		lease6_advertised(&netif, 0, 1);
	else if (what == 1)
		peer_link = !peer_link, links++;
	else if (what == 2)
		peer_now += (uint64_t)input_byte() * PEER_SECOND;
	else
		peer_turn();
}

static void seek(void)
{
	memset(asked, 0, sizeof(asked));
	memset(asked6, 0, sizeof(asked6));
	asks6 = links = 0;
	if (lease_seek(&netif) != ERR_OK)
		abort();
}

static void stop(void)
{
	peer_link = true;
	uk_lwip_move();
	while (tcp_tw_pcbs)
		tcp_abort(tcp_tw_pcbs);
	lease6_stop(&netif);
	dhcp_release_and_stop(&netif);
	dhcp_cleanup(&netif);
	netif_set_addr(&netif, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
	for (int i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++)
		netif_ip6_addr_set_state(&netif, i, IP6_ADDR_INVALID);
	/* it was perhaps found to be another's */
	netif_ip6_addr_set_state(&netif, 0, IP6_ADDR_PREFERRED);
	peer_forgotten();
}

static void start(void)
{
	struct uk_lwip_arguments none = {.ip = "10.9.0.9/24"};

	peer_sees = message_note;
	if (uk_lwip_start(&netif, "service0", &none) != ERR_OK)
		abort();
	netif_set_ip6_autoconfig_enabled(&netif, 1);
	netif_set_addr(&netif, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
	seek();
	/* what lease.c keeps for ever */
	peer_now += PEER_SECOND;
	uk_lwip_move();
	stop();
	peer_memory_note();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct uk_lwip_servers servers;
	static bool started;
	uint64_t began;

	if (!started)
		start();
	started = true;
	seek();
	began = peer_now;
	input_begin(data, size);
	while (input_is_left()) {
		turn();
		uk_lwip_move();
		/* the guest sleeps, with what it does before */
		uk_lwip_poll(peer_now + 1);
	}
	uk_lwip_servers(&servers);
	if (servers.count > UK_LWIP_SERVERS || ip4_addr_ismulticast(netif_ip4_addr(&netif))) {
		fprintf(stderr, "%u name servers, or an address that is none\n", servers.count);
		abort();
	}
	if (asks6 > 4 + 2 * ((peer_now - began) / PEER_SECOND + links)) {
		fprintf(stderr, "%u messages of DHCPv6\n", asks6);
		abort();
	}
	stop();
	peer_memory_check();
	return 0;
}
