/* SPDX-License-Identifier: ISC */
/*
 * offload.c -- hands TCP's segments to the host in large frames, without checksums
 *
 * A segment of lwIP's may have the data of many: the host cuts it where a network needs that, and reads it where it is.
 * Meanwhile the device has a reference, so lwIP neither frees it nor sends it again.
 */
#include "offload.h"

#include <string.h>
#include <uk.h>

#include "lwip/ip.h"
#include "lwip/priv/tcp_priv.h"

/* without IPv6 there is one MTU */
#ifndef netif_mtu6
#define netif_mtu6(netif) ((netif)->mtu)
#endif

static bool has_offload(const struct netif *netif)
{
	return !(netif->chksum_flags & NETIF_CHECKSUM_GEN_TCP);
}

/* data of a segment of the connection that a packet is of, while it is sent; 0: none is */
static u16_t segment;

/* what is longer than an MTU is a segment that the host cuts: IP doesn't fragment it */
static err_t packet_output(const struct tcp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, const ip_addr_t *to, u8_t ttl, u8_t tos,
			   u8_t protocol, struct netif *netif)
{
	u16_t mtu = netif->mtu, mtu6 = netif_mtu6(netif);
	err_t error;

	if (has_offload(netif))
		netif->mtu = netif_mtu6(netif) = 0;
	/* a listener has no size */
	segment = pcb && pcb->state != LISTEN ? pcb->mss : TCP_MSS;
	error = ip_output_if(packet, from, to, ttl, tos, protocol, netif);
	segment = 0;
	netif->mtu = mtu;
	netif_mtu6(netif) = mtu6;
	return error;
}

#include "tail.h"

/* lwIP's functions become this file's */
#undef ip_output_if
#define ip_output_if(...) packet_output(pcb, __VA_ARGS__)
#undef tcp_rexmit_rto_commit
#define tcp_rexmit_rto_commit tcp_commit_of_lwip
#undef tcp_output
#define tcp_output tcp_output_of_lwip
#undef tcp_split_unsent_seg
#define tcp_split_unsent_seg tcp_split_of_lwip
#undef tcp_write
#define tcp_write tcp_write_of_lwip
/* found from lwIP's folder of headers */
#include "../core/tcp_out.c"
#undef tcp_output
#define tcp_output lwip_tcp_output
#undef tcp_split_unsent_seg
#define tcp_split_unsent_seg lwip_tcp_split_unsent_seg
#undef tcp_write
#define tcp_write lwip_tcp_write
#undef tcp_rexmit_rto_commit
#define tcp_rexmit_rto_commit lwip_tcp_rexmit_rto_commit

#include "piece_send.h"
#include "split.h"
#include "write.h"

#include "lwip/inet_chksum.h"
#include "lwip/prot/ethernet.h"
#include "lwip/prot/ip4.h"
#include "lwip/prot/ip6.h"

err_t tcp_output(struct tcp_pcb *pcb);
err_t tcp_write(struct tcp_pcb *pcb, const void *bytes, u16_t size, u8_t flags);

/* of what comes */
enum { CHECKS = NETIF_CHECKSUM_CHECK_TCP | NETIF_CHECKSUM_CHECK_UDP };

enum {
	SEGMENT_LEAST = 536,            /* that the host cuts */
	IP = SIZEOF_ETH_HDR,
	HEADERS_MOST = IP + IP6_HLEN + TCP_HLEN + 40,
	SEGMENT_MOST = 65535 - HEADERS_MOST,    /* of lwIP */
	WINDOW_PARTS = 4,               /* large segments in a window */
	COUNT_LEAST = 8,                /* the network's segments in a large one; where windows are small, those behind a lost one have to show it */
};

static u16_t number_read(const uint8_t *at)
{
	return (u16_t)(at[0] << 8 | at[1]);
}

/* bytes before the header of a packet of TCP with IP's shortest header; 0 if it isn't one */
static unsigned tcp_find(const struct pbuf *packet)
{
	const uint8_t *bytes = packet->payload;
	unsigned size = packet->len;

	if (size >= IP + IP_HLEN + TCP_HLEN && number_read(bytes + IP - 2) == ETHTYPE_IP)
		return bytes[IP] == 0x45 && bytes[IP + 9] == IP_PROTO_TCP ? IP + IP_HLEN : 0;
	if (LWIP_IPV6 && size >= IP + IP6_HLEN + TCP_HLEN && number_read(bytes + IP - 2) == ETHTYPE_IPV6)
		return bytes[IP + 6] == IP_PROTO_TCP ? IP + IP6_HLEN : 0;
	return 0;
}

/* the sum over the pseudo-header: the addresses are in front of TCP's header */
static void sum_set(uint8_t *frame, unsigned tcp, u16_t length)
{
	u16_t addresses = tcp == IP + IP_HLEN ? 2 * sizeof(ip4_addr_p_t) : 2 * sizeof(ip6_addr_p_t);
	u32_t sum = (u16_t)~inet_chksum(frame + tcp - addresses, addresses);

	sum += (u32_t)lwip_htons(IP_PROTO_TCP) + lwip_htons(length);
	sum = (sum & 0xffff) + (sum >> 16);
	((struct tcp_hdr *)(frame + tcp))->chksum = (u16_t)((sum & 0xffff) + (sum >> 16));
}

static void packet_free(void *packet)
{
	large_take();
	pbuf_free(packet);
}

/* what of a packet is behind its headers; 0: in more parts than one frame can have */
static unsigned parts_list(struct pbuf *packet, unsigned headers, struct uk_net_part *parts)
{
	unsigned count = 0;

	for (struct pbuf *pbuf = packet; pbuf; pbuf = pbuf->next) {
		unsigned skipped = pbuf == packet ? headers : 0;

		if (pbuf->len == skipped)
			continue;
		if (count == UK_NET_PARTS)
			return 0;
		parts[count++] = (struct uk_net_part){(const uint8_t *)pbuf->payload + skipped, pbuf->len - skipped, NULL};
	}
	return count;
}

/* the host reads the data where it is, which belongs to the device until then */
static solo5_result_t send_large(solo5_handle_t handle, struct pbuf *packet, unsigned tcp, unsigned headers, unsigned cut)
{
	struct uk_net_part parts[UK_NET_PARTS];
	unsigned count = packet->len >= headers ? parts_list(packet, headers, parts) : 0;
	solo5_result_t result;
	uint8_t *frame;

	if (count)
		pbuf_ref(packet);
	else
		packet = pbuf_clone(PBUF_RAW, PBUF_RAM, packet);
	if (!packet)
		return SOLO5_R_AGAIN;
	if (!count)
		count = parts_list(packet, headers, parts);
	parts[count - 1].owner = packet;
	result = uk_net_reserve_tcp(handle, count, &frame);
	if (result != SOLO5_R_OK) {
		pbuf_free(packet);
		return result;
	}
	memcpy(frame, packet->payload, headers);
	sum_set(frame, tcp, (u16_t)(packet->tot_len - tcp));
	result = uk_net_commit_tcp(handle, headers, parts, count, cut, packet_free);
	if (result == SOLO5_R_OK)
		large_sent++;
	else
		pbuf_free(packet);
	return result;
}

static solo5_result_t send_small(solo5_handle_t handle, const struct pbuf *packet, unsigned tcp)
{
	uint8_t *frame;
	solo5_result_t result = uk_net_reserve_tcp(handle, 0, &frame);

	if (result != SOLO5_R_OK)
		return result;
	pbuf_copy_partial(packet, frame, packet->tot_len, 0);
	sum_set(frame, tcp, (u16_t)(packet->tot_len - tcp));
	return uk_net_commit_tcp(handle, packet->tot_len, NULL, 0, 0, packet_free);
}

bool offload_send(solo5_handle_t handle, struct pbuf *packet, solo5_result_t *result)
{
	unsigned tcp = tcp_find(packet), headers, cut;

	if (!tcp)
		return false;
	headers = tcp + TCPH_HDRLEN_BYTES((const struct tcp_hdr *)((const uint8_t *)packet->payload + tcp));
	/*
	 * What waited for a neighbour's address has nothing to do with a connection any more, but fits any of them. A peer
	 * whose segments are smaller still may get what was written before it said so, as from lwIP itself.
	 */
	cut = LWIP_MAX(segment, SEGMENT_LEAST);
	*result = packet->tot_len <= headers + cut ? send_small(handle, packet, tcp) : send_large(handle, packet, tcp, headers, cut);
	return true;
}

/*
 * The first segment needn't fit into the window: what fits becomes one of its own. The rest is copied, so if others are in
 * flight, this waits for room for a quarter. A window would otherwise drain before each large segment, with nothing to show
 * that the end of it was lost.
 */
static void first_fit(struct tcp_pcb *pcb)
{
	u32_t window = LWIP_MIN(pcb->snd_wnd, pcb->cwnd), ahead, room;

	if (!pcb->unsent || pcb->unsent->len <= pcb->mss || pcb == tcp_input_pcb)
		return;
	ahead = lwip_ntohl(pcb->unsent->tcphdr->seqno) - pcb->lastack;
	/* the peer may have some of it already */
	if ((s32_t)ahead <= 0 && -ahead < pcb->unsent->len)
		room = window / pcb->mss * pcb->mss - ahead;
	else if ((s32_t)ahead > 0 && ahead < window && (window - ahead) * WINDOW_PARTS >= pcb->unsent->len)
		room = (window - ahead) / pcb->mss * pcb->mss;
	else
		return;
	if (room && window >= pcb->mss && room < pcb->unsent->len)
		tcp_split_unsent_seg(pcb, (u16_t)room);
}

err_t tcp_output(struct tcp_pcb *pcb)
{
	unsigned before = large_sent;
	err_t error;

	first_fit(pcb);
	error = tcp_output_of_lwip(pcb);
	calls += large_sent != before;
	return error;
}

/* calls lwIP's output itself */
void tcp_rexmit_rto_commit(struct tcp_pcb *pcb)
{
	first_fit(pcb);
	tcp_commit_of_lwip(pcb);
}

/* Data of one of lwIP's segments. They are sent whole, so four of them fit into a window, that less of it stays empty. */
static u16_t segment_most(const struct tcp_pcb *pcb)
{
	const struct netif *netif = tcp_route(pcb, &pcb->local_ip, &pcb->remote_ip);
	u32_t part = LWIP_MIN(TCP_SND_BUF, LWIP_MIN(pcb->cwnd, pcb->snd_wnd_max)) / WINDOW_PARTS, count;

	if (!netif || !has_offload(netif) || pcb->mss < SEGMENT_LEAST)
		return pcb->mss;
	count = LWIP_MIN(part, SEGMENT_MOST) / pcb->mss;
	return count >= COUNT_LEAST ? (u16_t)(count * pcb->mss) : pcb->mss;
}

static bool ring_is_busy(const struct tcp_pcb *pcb)
{
	const struct netif *netif = tcp_route(pcb, &pcb->local_ip, &pcb->remote_ip);

	if (calls >= CALLS_LEAST && netif)
		uk_net_reclaim((solo5_handle_t)(uintptr_t)netif->state);
	return calls >= CALLS_LEAST;
}

/* nothing is added to the last segment */
static err_t write_apart(struct tcp_pcb *pcb, struct tcp_seg *last, const void *bytes, u16_t size, u8_t flags)
{
	struct tcp_seg *first = pcb->unsent;
	u16_t room = pcb->unsent_oversize;
	err_t error;

	pcb->unsent = NULL;
	pcb->unsent_oversize = 0;
	error = tcp_write_of_lwip(pcb, bytes, size, flags);
	last->next = pcb->unsent;
	if (!last->next)
		pcb->unsent_oversize = room;
	pcb->unsent = first;
	return error;
}

err_t tcp_write(struct tcp_pcb *pcb, const void *bytes, u16_t size, u8_t flags)
{
	u16_t its = pcb->mss, most = segment_most(pcb), whole;
	struct tcp_seg *last = segment_last(pcb, &whole);
	err_t error;

	/* the window may have been larger when the last one began */
	if (whole > most && pcb->unacked) {
		pcb->mss = most;
		error = write_apart(pcb, last, bytes, size, flags);
	} else {
		/* lwIP expects the last one to be no larger, and some in one of its queues */
		pcb->mss = LWIP_MAX(most, whole);
		error = write_behind(pcb, whole, bytes, size, flags);
	}
	pcb->mss = its;
	return error;
}

void offload_push(void)
{
	struct tcp_pcb *pcb = tcp_active_pcbs;

	if (!tail_of)
		return;
	while (pcb && pcb != tail_of)
		pcb = pcb->next;
	tail_of = NULL;
	tail_goes = true;
	if (pcb)
		tcp_output(pcb);
	tail_goes = false;
}

void offload_begin(struct netif *netif, solo5_handle_t handle)
{
	if (uk_net_offloads(handle))
		netif->chksum_flags &= (u16_t)~(NETIF_CHECKSUM_GEN_TCP | CHECKS);
}

void offload_check(struct netif *netif, bool on)
{
	if (!has_offload(netif))
		return;
	netif->chksum_flags &= (u16_t)~CHECKS;
	if (on)
		netif->chksum_flags |= CHECKS;
}
