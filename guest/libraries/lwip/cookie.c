/* SPDX-License-Identifier: ISC */
/*
 * cookie.c -- connections that are remembered by their clients: SYN cookies
 *
 * The sequence number that answers a SYN holds what lwIP would have to remember of
 * it: an index of the segment size, the window's scale, whether losses may be told,
 * and a keyed hash of these, the connection's ends, the client's own number and the
 * time. So a connection may be forgotten before its handshake is complete; when the
 * client's answer comes, the SYN and the answer are put together once more from it,
 * and handed to lwIP. The hash has 24 bits, so answers are believed only while
 * connections are forgotten.
 */
#include "cookie.h"

#include <solo5.h>
#include <string.h>

#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/prot/tcp.h"
#include "lwip/tcp.h"

#include "hooks.h"
#include "ipv6.h"
#include "options.h"

enum {
	DATA_BITS = 8,
	NO_SCALE = 15,
	PERIOD_BITS = 33,               /* of nanoseconds: 8.6 s; a cookie is good in its period and the next one */
	PERIODS_USED = 4,               /* how long answers are believed after a connection was forgotten */
	OPTION_NOTHING = 1, OPTION_SIZE = 2, OPTION_SCALE = 3, OPTION_LOSSES = 4,
	OPTIONS_SIZE = 12,
};

static const u16_t sizes[] = {536, 1220, 1440, 1460};

/* of one client's answer */
static struct {
	bool waits;
	struct netif *netif;
	ip_addr_t local, remote;
	u16_t local_port, remote_port, window;
	u32_t sequence, cookie;
} answer;

static bool answering, sequence_is_set;
static u32_t sequence_next;
static u64_t forgotten;         /* the period in which a connection was, and 1; 0: none ever */

static u64_t period(void)
{
	return solo5_clock_monotonic() >> PERIOD_BITS;
}

/* data: the lower bits, of which the lowest is that of the period */
static u32_t cookie_make(const struct tcp_hdr *header, u32_t sequence, u64_t when, u32_t data)
{
	u64_t hash = uk_lwip_hash(ip_current_dest_addr(), header->dest, ip_current_src_addr(), header->src,
				  (u64_t)sequence << 32 ^ when << DATA_BITS ^ data);

	return (u32_t)hash << DATA_BITS | data;
}

/* data without the bit of the period */
static u32_t options_read(struct options options)
{
	unsigned index = 0, scale = NO_SCALE, losses = 0;
	const u8_t *option;

	while ((option = options_next(&options)))
		if (*option == OPTION_SIZE && option[1] == 4)
			while (index + 1 < sizeof(sizes) / sizeof(sizes[0]) && sizes[index + 1] <= (option[2] << 8 | option[3]))
				index++;
		else if (*option == OPTION_SCALE && option[1] == 3)
			scale = option[2] < NO_SCALE ? option[2] : NO_SCALE - 1;
		else if (*option == OPTION_LOSSES && option[1] == 2)
			losses = 1;
	return index << 6 | scale << 2 | losses << 1;
}

void cookie_offer(const struct tcp_hdr *header, unsigned options_size)
{
	u32_t data = options_read((struct options){(const u8_t *)(header + 1), options_size});
	u64_t now = period();

	/* the number of one that is made once more is known */
	if (answering)
		return;
	sequence_next = cookie_make(header, header->seqno, now, data | (now & 1));
	sequence_is_set = true;
}

u32_t uk_lwip_sequence_next(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port)
{
	if (!sequence_is_set)
		return uk_lwip_sequence(local, local_port, remote, remote_port);
	sequence_is_set = false;
	return sequence_next;
}

void cookie_needed(void)
{
	forgotten = period() + 1;
}

bool cookie_returns(const struct tcp_hdr *header)
{
	u32_t cookie = header->ackno - 1, sequence = header->seqno - 1, data = cookie & ((1 << DATA_BITS) - 1);
	u64_t now = period(), when = now - ((now ^ data) & 1);

	/* there was no room for it: the client sends more, and is answered then */
	if (answering)
		return true;
	if (!forgotten || now - (forgotten - 1) > PERIODS_USED || cookie != cookie_make(header, sequence, when, data))
		return false;
	answer.waits = true;
	answer.netif = ip_current_input_netif();
	ip_addr_copy(answer.local, *ip_current_dest_addr());
	ip_addr_copy(answer.remote, *ip_current_src_addr());
	answer.local_port = header->dest;
	answer.remote_port = header->src;
	answer.window = header->wnd;
	answer.sequence = sequence;
	answer.cookie = cookie;
	return true;
}

static size_t options_write(u8_t *at, u32_t data)
{
	u16_t size = sizes[data >> 6];
	u8_t scale = data >> 2 & 15;

	memset(at, OPTION_NOTHING, OPTIONS_SIZE);
	memcpy(at, (u8_t[]){OPTION_SIZE, 4, (u8_t)(size >> 8), (u8_t)size}, 4);
	if (scale != NO_SCALE)
		memcpy(at + 4, (u8_t[]){OPTION_SCALE, 3, scale}, 3);
	if (data & 2)
		memcpy(at + 8, (u8_t[]){OPTION_LOSSES, 2}, 2);
	return OPTIONS_SIZE;
}

static bool ip4_head_add(struct pbuf *packet)
{
	u16_t size = packet->tot_len;
	struct ip_hdr *header;

	if (pbuf_add_header(packet, IP_HLEN))
		return false;
	header = packet->payload;
	memset(header, 0, sizeof(*header));
	IPH_VHL_SET(header, 4, IP_HLEN / 4);
	IPH_LEN_SET(header, lwip_htons((u16_t)(size + IP_HLEN)));
	IPH_TTL_SET(header, IP_DEFAULT_TTL);
	IPH_PROTO_SET(header, IP_PROTO_TCP);
	ip4_addr_copy(header->src, *ip_2_ip4(&answer.remote));
	ip4_addr_copy(header->dest, *ip_2_ip4(&answer.local));
	IPH_CHKSUM_SET(header, inet_chksum(header, IP_HLEN));
	return true;
}

static bool ip_head_add(struct pbuf *packet)
{
	if (LWIP_IPV6 && IP_IS_V6(&answer.remote))
		return ipv6_head_add(packet, &answer.remote, &answer.local);
	return ip4_head_add(packet);
}

/* a segment from the client, as if it had just come */
static void segment_come(u8_t flags)
{
	u16_t size = sizeof(struct tcp_hdr) + (flags & TCP_SYN ? OPTIONS_SIZE : 0);
	struct pbuf *packet = pbuf_alloc(PBUF_IP, size, PBUF_RAM);
	struct tcp_hdr *header;

	if (!packet)
		return;
	header = packet->payload;
	memset(header, 0, sizeof(*header));
	header->src = lwip_htons(answer.remote_port);
	header->dest = lwip_htons(answer.local_port);
	header->seqno = lwip_htonl(answer.sequence + !(flags & TCP_SYN));
	header->ackno = flags & TCP_SYN ? 0 : lwip_htonl(answer.cookie + 1);
	TCPH_HDRLEN_FLAGS_SET(header, size / 4, flags);
	header->wnd = lwip_htons(answer.window);
	if (flags & TCP_SYN)
		options_write((u8_t *)(header + 1), answer.cookie & ((1 << DATA_BITS) - 1));
	header->chksum = ip_chksum_pseudo(packet, IP_PROTO_TCP, size, &answer.remote, &answer.local);
	if (!ip_head_add(packet) || ip_input(packet, answer.netif) != ERR_OK)
		pbuf_free(packet);
}

void cookie_answer(void)
{
	if (!answer.waits)
		return;
	answer.waits = false;
	answering = true;
	sequence_next = answer.cookie;
	sequence_is_set = true;
	segment_come(TCP_SYN);
	/* not used if lwIP had no room */
	sequence_is_set = false;
	segment_come(TCP_ACK);
	answering = false;
}
