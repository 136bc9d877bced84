/* SPDX-License-Identifier: ISC */
/*
 * lwipopts.h -- lwIP as guests use it: one thread, raw API
 *
 * Pools and heap lie in the guest's own memory, about 2 MiB in all by default; pages
 * that no traffic touches stay unallocated. Kconfig has their sizes.
 */
#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#include "lwip_config.h"
#include "names.h"

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_SOCKET 0
#define LWIP_NETCONN 0
#define LWIP_HOOK_FILENAME "hooks.h"

#define LWIP_DHCP CONFIG_LWIP_DHCP
#define LWIP_IPV6 CONFIG_LWIP_IPV6
#define LWIP_DNS 1
#define LWIP_RAW 1
/* only how much of the heap is in use */
#define LWIP_STATS 1
#define LINK_STATS 0
#define ETHARP_STATS 0
#define IPFRAG_STATS 0
#define IP_STATS 0
#define ICMP_STATS 0
#define UDP_STATS 0
#define TCP_STATS 0
#define MEMP_STATS 0
#define SYS_STATS 0
#define LWIP_NETIF_HOSTNAME 1
/* Linux's, for packets of UDP, TCP and ICMP */
#define IP_DEFAULT_TTL 64
#define DNS_MAX_SERVERS 3
/* an application may connect to itself */
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1
/* packets on their way there: as many as the heap has room for; segments beyond would wait for a tick of TCP's clock */
#define LWIP_LOOPBACK_MAX_PBUFS 0
#define LWIP_NETIF_STATUS_CALLBACK 1
#define ARP_TABLE_SIZE 64
/* pointers are larger than the space in the headers of fragments */
#define IPV6_FRAG_COPYHEADER 1
/* link-local addresses, given ones or those of routers; name servers that routers advertise */
#define LWIP_IPV6_NUM_ADDRESSES 4
#define LWIP_ND6_NUM_NEIGHBORS 64
#define LWIP_ND6_NUM_DESTINATIONS 64
/* packets that wait for a neighbour's address; each of these may have one */
#define MEMP_NUM_ND6_QUEUE LWIP_ND6_NUM_NEIGHBORS
#define LWIP_ND6_RDNSS_MAX_DNS_SERVERS DNS_MAX_SERVERS
#define MEMP_NUM_MLD6_GROUP 8
/* lease.c's and lease6.c's */
#define LWIP_NUM_NETIF_CLIENT_DATA (1 + CONFIG_LWIP_DHCP6)

/* the longest datagram has 45 fragments */
#define IP_REASS_MAX_PBUFS 90
/* packets that wait for a neighbour's address */
#define ARP_QUEUE_LEN 16

/* the heap: data to send */
#define MEM_ALIGNMENT 8
#define MEM_SIZE (CONFIG_LWIP_SEND_KB * 1024)

#define MEMP_NUM_TCP_PCB CONFIG_LWIP_CONNECTIONS
/* segments to send, and segments received out of order */
#define MEMP_NUM_TCP_SEG (CONFIG_LWIP_SEND_KB < 1024 ? 1024 : CONFIG_LWIP_SEND_KB)
#define MEMP_NUM_UDP_PCB CONFIG_LWIP_DATAGRAM_SOCKETS
/* data that is sent from where it is: one for each segment */
#define MEMP_NUM_PBUF MEMP_NUM_TCP_SEG
/* lwIP's own, and those of lease.c, dns.c and programs */
#define MEMP_NUM_SYS_TIMEOUT (LWIP_NUM_SYS_TIMEOUT_INTERNAL + 8)
/* received frames are in interface.c's buffers, not in the pool that these checks would measure */
#define PBUF_POOL_SIZE 1
#define LWIP_DISABLE_TCP_SANITY_CHECKS 1

/* the size of an Ethernet frame, and windows that fill a local network */
#define TCP_MSS 1460
#define TCP_WND (CONFIG_LWIP_WINDOW_KB * 1024 / TCP_MSS * TCP_MSS)
/* room that a program has made is told when it is so much, unless an acknowledgement is due: each is a frame of its own */
#define TCP_WND_UPDATE_THRESHOLD (TCP_WND / 4)
#define TCP_SND_BUF (CONFIG_LWIP_SEND_WINDOW_KB * 1024 / TCP_MSS * TCP_MSS)
/* some peers, passt among them, scale their windows even where ours offered no scale */
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE (TCP_WND < 0x10000 ? 0 : TCP_WND < 0x20000 ? 1 : TCP_WND < 0x40000 ? 2 : TCP_WND < 0x80000 ? 3 : 4)
#define TCP_LISTEN_BACKLOG 1
#define LWIP_TCP_KEEPALIVE 1
#define SO_REUSE 1

/*
 * The data out of order that a peer can make us keep: a whole window after a lost
 * segment, which is acknowledged selectively. interface.c frees it when frames run out.
 */
#define TCP_OOSEQ_MAX_PBUFS (TCP_WND / TCP_MSS)
#define LWIP_TCP_SACK_OUT 1
/* milliseconds; a segment is sent again after six of these at the earliest: 300 ms, where 200 is Linux's least */
#define TCP_TMR_INTERVAL 50

/* for TCP the host computes them, where it can */
#define LWIP_CHECKSUM_CTRL_PER_NETIF CONFIG_LWIP_OFFLOAD
/* lwIP's faster checksum on 64-bit processors */
#define LWIP_CHKSUM_ALGORITHM 3

#endif
