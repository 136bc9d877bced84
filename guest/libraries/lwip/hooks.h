/* SPDX-License-Identifier: ISC */
/* hooks.h -- where lwIP asks us */
#ifndef HOOKS_H
#define HOOKS_H

#include <stdbool.h>

#include "lwip/ip_addr.h"

/* the first number of a connection: a cookie if one was offered (cookie.h), else one that others can't predict */
u32_t uk_lwip_sequence_next(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port);
u32_t uk_lwip_sequence(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port);
#define LWIP_HOOK_TCP_ISN uk_lwip_sequence_next

/* of a connection's ends and something more; others can't predict it */
u64_t uk_lwip_hash(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port, u64_t more);

/* for a segment of a connection in TIME-WAIT; its header is in the host's byte order */
struct tcp_pcb;
struct tcp_hdr;
s8_t uk_lwip_time_wait(struct tcp_pcb *pcb, const struct tcp_hdr *header);
/* for one to a listener; its options follow the header */
s8_t uk_lwip_half_open(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size);
/*
 * Makes room for the connection that a SYN asks for; false: there is none, and the segment is to be dropped.
 * queued: how many connections wait in the listener's queue besides those that are half open; backlog: how many may, of both.
 */
struct tcp_pcb_listen;
bool uk_lwip_half_open_room(const struct tcp_pcb_listen *listener, const struct tcp_hdr *header, unsigned options_size, unsigned queued,
			    unsigned backlog);
/*
 * Decides in the place of uk_lwip_half_open, and of segments with data: what an application has to keep until
 * its user reads it may be too much. A segment that is refused is dropped.
 */
struct pbuf;
extern s8_t (*uk_lwip_admit)(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size, const struct pbuf *data);

/* sends again what is lost, by what the segment says; data: its own */
void uk_lwip_losses(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size, const struct pbuf *data);

/* the options' size, how many of them follow the header, and where the rest is */
void uk_lwip_options_hide(const struct tcp_pcb *pcb, struct tcp_hdr *header, unsigned size, unsigned first_size, u8_t *rest);

#define LWIP_HOOK_TCP_INPACKET_PCB(pcb, header, option_length, option1_length, option2, data) \
	(uk_lwip_options_hide(pcb, header, option_length, option1_length, option2), \
	 uk_lwip_losses(pcb, header, option1_length, data), \
	 (pcb)->state == TIME_WAIT ? uk_lwip_time_wait(pcb, header) : \
	 uk_lwip_admit ? uk_lwip_admit(pcb, header, option1_length, data) : \
	 (pcb)->state == LISTEN ? uk_lwip_half_open(pcb, header, option1_length) : ERR_OK)

/* lwIP reads the header's fields before it looks whether they came; it drops the packet then, too */
#define LWIP_HOOK_IP4_INPUT(packet, netif) ((packet)->len < IP_HLEN && (pbuf_free(packet), true))

/* true if its headers go beyond the packet, of which lwIP would read a few bytes more: it is dropped */
struct pbuf;
bool ipv6_is_cut(const struct pbuf *packet);
#define LWIP_HOOK_IP6_INPUT(packet, netif) (ipv6_is_cut(packet) && (pbuf_free(packet), true))

/* the router that --gateway named; NULL: one that advertises itself */
struct ip6_addr;
const struct ip6_addr *ipv6_gateway(void);
#define LWIP_HOOK_ND6_GET_GW(netif, to) ipv6_gateway()

/* for ip4.c and ip6.c: UDP is there only where it is used */
#include "udp_entries.h"
#undef udp_input
#define udp_input udp_entries_input

#endif
