/* SPDX-License-Identifier: ISC */
/* datagram_error6.c -- ICMPv6 errors for sent datagrams, as in datagram_error.c */
#include <string.h>

#include "datagram.h"

#include "lwip/icmp6.h"
#include "lwip/inet_chksum.h"
#include "lwip/prot/ip6.h"
#include "lwip/prot/udp.h"
#include "lwip/raw.h"

/* by code; 0: temporary, not reported */
static const unsigned char errors[] = {[1] = EACCES, [ICMP6_DUR_PORT] = ECONNREFUSED, [5] = EACCES, [6] = EACCES};

static void address_make(struct address *address, const ip6_addr_p_t *ip, u16_t port)
{
	memset(address, 0, sizeof(*address));
	IP_SET_TYPE_VAL(address->ip, IPADDR_TYPE_V6);
	memcpy(ip_2_ip6(&address->ip)->addr, ip->addr, sizeof(ip->addr));
	ip6_addr_assign_zone(ip_2_ip6(&address->ip), IP6_UNKNOWN, ip_current_input_netif());
	address->port = lwip_ntohs(port);
}

static bool sum_is_right(struct pbuf *packet, u16_t header)
{
	u16_t sum;

	pbuf_remove_header(packet, header);
	sum = ip6_chksum_pseudo(packet, IP6_NEXTH_ICMP6, packet->tot_len, ip6_current_src_addr(), ip6_current_dest_addr());
	pbuf_add_header_force(packet, header);
	return !sum;
}

static bool quote_read(struct quote *quote, const struct pbuf *packet, u16_t at)
{
	struct ip6_hdr ip;
	struct udp_hdr udp;

	if (pbuf_copy_partial(packet, &ip, sizeof(ip), at) != sizeof(ip) || IP6H_V(&ip) != 6 || IP6H_NEXTH(&ip) != IP6_NEXTH_UDP ||
	    pbuf_copy_partial(packet, &udp, sizeof(udp), (u16_t)(at + sizeof(ip))) != sizeof(udp))
		return false;
	address_make(&quote->from, &ip.src, udp.src);
	address_make(&quote->to, &ip.dest, udp.dest);
	return true;
}

static u8_t message_read(void *argument, struct raw_pcb *pcb, struct pbuf *packet, const ip_addr_t *from)
{
	u16_t header = ip_current_header_tot_len();
	struct icmp6_hdr icmp;
	struct quote quote;

	(void)argument;
	(void)pcb;
	(void)from;
	if (pbuf_copy_partial(packet, &icmp, sizeof(icmp), header) == sizeof(icmp) && icmp.type == ICMP6_TYPE_DUR &&
	    icmp.code < sizeof(errors) && errors[icmp.code] && sum_is_right(packet, header) &&
	    quote_read(&quote, packet, (u16_t)(header + sizeof(icmp))))
		datagram_quote_tell(&quote, errors[icmp.code]);
	return 0;
}

void datagram_errors6_start(void)
{
	struct raw_pcb *pcb = raw_new_ip_type(IPADDR_TYPE_V6, IP6_NEXTH_ICMP6);

	if (pcb)
		raw_recv(pcb, message_read, NULL);
}
