/* SPDX-License-Identifier: ISC */
/*
 * offload.c -- hands TCP's segments to the host in large frames, without checksums
 *
 * Within one tcp_output the segments of a connection follow each other with the same headers. As long as
 * one continues the last, its data is added to the frame in the device's ring; the host cuts it
 * where a network needs that. lwIP keeps and counts segments as ever, so what is lost is sent again
 * in the size in which it was lost.
 */
#include "offload.h"

#include <string.h>
#include <uk.h>

/* lwIP's tcp_output becomes a function of this file, which sends what was put together */
#undef tcp_output
#define tcp_output tcp_output_of_lwip
/* found from lwIP's folder of headers */
#include "../core/tcp_out.c"
#undef tcp_output
#define tcp_output lwip_tcp_output

#include "lwip/inet_chksum.h"
#include "lwip/prot/ethernet.h"
#include "lwip/prot/ip4.h"
#include "lwip/prot/ip6.h"

err_t tcp_output(struct tcp_pcb *pcb);

/* of what comes */
enum { CHECKS = NETIF_CHECKSUM_CHECK_TCP | NETIF_CHECKSUM_CHECK_UDP };

enum {
	SEGMENT_LEAST = 536,            /* that the host cuts */
	IP = SIZEOF_ETH_HDR,
	HEADERS_MOST = IP + IP6_HLEN + TCP_HLEN,
};

/* the frame that is being put together in the ring; frame NULL: none */
static struct {
	solo5_handle_t handle;
	uint8_t *frame;
	size_t size, room;
	unsigned tcp;                   /* where TCP's header is */
	u16_t segment;                  /* data of each segment; the last may have less */
	u32_t next;                     /* the sequence number of what would continue it */
	bool many;
} large;

static bool collects;

static u16_t number_read(const uint8_t *at)
{
	return (u16_t)(at[0] << 8 | at[1]);
}

static void number_write(uint8_t *at, u16_t number)
{
	at[0] = (uint8_t)(number >> 8);
	at[1] = (uint8_t)number;
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

static bool is_ip4(unsigned tcp)
{
	return tcp == IP + IP_HLEN;
}

/* what the length of the frame decides in its headers */
static void headers_finish(uint8_t *frame, unsigned tcp, size_t size)
{
	const uint8_t *addresses = frame + tcp - (is_ip4(tcp) ? 2 * sizeof(ip4_addr_p_t) : 2 * sizeof(ip6_addr_p_t));
	u16_t length = (u16_t)(size - tcp);
	u32_t sum;

	if (is_ip4(tcp)) {
		struct ip_hdr *ip = (struct ip_hdr *)(frame + IP);

		IPH_LEN_SET(ip, lwip_htons((u16_t)(size - IP)));
		IPH_CHKSUM_SET(ip, 0);
		IPH_CHKSUM_SET(ip, inet_chksum(ip, IP_HLEN));
	} else {
		number_write(frame + IP + 4, length);
	}
	sum = (u16_t)~inet_chksum(addresses, (u16_t)(frame + tcp - addresses));
	sum += (u32_t)lwip_htons(IP_PROTO_TCP) + lwip_htons(length);
	sum = (sum & 0xffff) + (sum >> 16);
	((struct tcp_hdr *)(frame + tcp))->chksum = (u16_t)((sum & 0xffff) + (sum >> 16));
}

static solo5_result_t flush(void)
{
	uint8_t *frame = large.frame;

	if (!frame)
		return SOLO5_R_OK;
	large.frame = NULL;
	headers_finish(frame, large.tcp, large.size);
	return uk_net_commit_large(large.handle, large.size, large.many ? large.segment : 0);
}

/* whether the packet continues the frame: its headers differ from the frame's in nothing but what each segment has of its own */
static bool continues(const struct pbuf *packet, unsigned tcp)
{
	uint8_t headers[HEADERS_MOST];
	struct tcp_hdr *its = (struct tcp_hdr *)(headers + tcp), *last = (struct tcp_hdr *)(large.frame + tcp);
	u16_t data = (u16_t)(packet->tot_len - tcp - TCP_HLEN);

	if (tcp != large.tcp || data > large.segment || large.size + data > large.room)
		return false;
	memcpy(headers, packet->payload, tcp + TCP_HLEN);
	if (lwip_ntohl(its->seqno) != large.next || TCPH_HDRLEN(its) * 4 != TCP_HLEN || TCPH_FLAGS(last) & TCP_FIN || TCPH_FLAGS(its) & ~(TCP_ACK | TCP_PSH | TCP_FIN))
		return false;
	its->seqno = last->seqno;
	its->chksum = last->chksum;
	its->_hdrlen_rsvd_flags = last->_hdrlen_rsvd_flags;
	if (is_ip4(tcp)) {
		struct ip_hdr *ip = (struct ip_hdr *)(headers + IP), *first = (struct ip_hdr *)(large.frame + IP);

		IPH_LEN_SET(ip, IPH_LEN(first));
		IPH_ID_SET(ip, IPH_ID(first));
		IPH_CHKSUM_SET(ip, IPH_CHKSUM(first));
	} else {
		memcpy(headers + IP + 4, large.frame + IP + 4, 2);
	}
	return !memcmp(headers, large.frame, tcp + TCP_HLEN);
}

static void add(const struct pbuf *packet, unsigned tcp)
{
	const struct tcp_hdr *its = (const struct tcp_hdr *)((const uint8_t *)packet->payload + tcp);
	u16_t data = (u16_t)(packet->tot_len - tcp - TCP_HLEN);

	pbuf_copy_partial(packet, large.frame + large.size, data, (u16_t)(tcp + TCP_HLEN));
	large.size += data;
	large.next += data;
	large.many = true;
	TCPH_SET_FLAG((struct tcp_hdr *)(large.frame + tcp), TCPH_FLAGS(its));
	if (data < large.segment)
		flush();
}

bool offload_send(solo5_handle_t handle, const struct pbuf *packet, solo5_result_t *result)
{
	unsigned tcp = tcp_find(packet);
	const struct tcp_hdr *header = (const struct tcp_hdr *)((const uint8_t *)packet->payload + tcp);
	uint8_t *frame;

	if (large.frame && tcp && large.handle == handle && continues(packet, tcp)) {
		add(packet, tcp);
		*result = SOLO5_R_OK;
		return true;
	}
	flush();
	if (!tcp)
		return false;
	*result = uk_net_reserve_large(handle, &frame, &large.room);
	if (*result != SOLO5_R_OK)
		return true;
	large.frame = frame;
	pbuf_copy_partial(packet, frame, packet->tot_len, 0);
	large.handle = handle;
	large.size = packet->tot_len;
	large.tcp = tcp;
	large.many = false;
	large.segment = (u16_t)(packet->tot_len - tcp - TCP_HLEN);
	large.next = lwip_ntohl(header->seqno) + large.segment;
	if (!collects || large.segment < SEGMENT_LEAST || TCPH_HDRLEN(header) * 4 != TCP_HLEN)
		*result = flush();
	return true;
}

err_t tcp_output(struct tcp_pcb *pcb)
{
	err_t error;

	collects = true;
	error = tcp_output_of_lwip(pcb);
	collects = false;
	flush();
	return error;
}

void offload_begin(struct netif *netif, solo5_handle_t handle)
{
	if (uk_net_offloads(handle))
		netif->chksum_flags &= (u16_t)~(NETIF_CHECKSUM_GEN_TCP | CHECKS);
}

void offload_check(struct netif *netif, bool on)
{
	if (netif->chksum_flags & NETIF_CHECKSUM_GEN_TCP)
		return;
	netif->chksum_flags &= (u16_t)~CHECKS;
	if (on)
		netif->chksum_flags |= CHECKS;
}
