/* SPDX-License-Identifier: ISC */
/* hooks.h -- where lwIP asks us */
#ifndef HOOKS_H
#define HOOKS_H

#include "lwip/ip_addr.h"

u32_t uk_lwip_sequence(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port);
#define LWIP_HOOK_TCP_ISN uk_lwip_sequence

/* for a segment of a connection in TIME-WAIT; its header is in the host's byte order */
struct tcp_pcb;
struct tcp_hdr;
s8_t uk_lwip_time_wait(struct tcp_pcb *pcb, const struct tcp_hdr *header);
/* what an application has to keep until its user reads it may be too much: a segment that it refuses is dropped */
struct pbuf;
extern s8_t (*uk_lwip_admit)(struct tcp_pcb *pcb, const struct pbuf *data);

#define LWIP_HOOK_TCP_INPACKET_PCB(pcb, header, option_length, option1_length, option2, data) \
	((pcb)->state == TIME_WAIT ? uk_lwip_time_wait(pcb, header) : uk_lwip_admit ? uk_lwip_admit(pcb, data) : ERR_OK)

/* the router that --gateway named; NULL: one that advertises itself */
struct ip6_addr;
const struct ip6_addr *ipv6_gateway(void);
#define LWIP_HOOK_ND6_GET_GW(netif, to) ipv6_gateway()

/* for ip4.c and ip6.c: UDP is there only where it is used */
#include "udp_entries.h"
#define udp_input udp_entries_input

#endif
