/* SPDX-License-Identifier: ISC */
/*
 * datagram_error.c -- ICMP errors for sent datagrams
 *
 * As on Linux, a message counts if it quotes a datagram between the two addresses of
 * a connected socket. Anyone may send such messages, but the port is hard to guess.
 */
#include "datagram.h"

#include "lwip/inet_chksum.h"
#include "lwip/icmp.h"
#include "lwip/prot/ip4.h"
#include "lwip/prot/udp.h"
#include "lwip/raw.h"

/* the errors of "destination unreachable", by code; 0: temporary, not reported */
static const unsigned char errors[] = {
	[ICMP_DUR_PROTO] = ENOPROTOOPT, [ICMP_DUR_PORT] = ECONNREFUSED,
	[6] = ENETUNREACH, [7] = EHOSTDOWN, [9] = ENETUNREACH, [10] = EHOSTUNREACH, [13] = EHOSTUNREACH, [14] = EHOSTUNREACH, [15] = EHOSTUNREACH,
};

void datagram_quote_tell(const struct quote *quote, int error)
{
	for (struct udp_pcb *pcb = udp_pcbs; pcb; pcb = pcb->next) {
		struct datagram *datagram = pcb->recv_arg;

		if (pcb->recv != datagram_received || !datagram_is_connected(datagram) ||
		    pcb->local_port != quote->from.port || pcb->remote_port != quote->to.port ||
		    !ip_addr_cmp(&pcb->local_ip, &quote->from.ip) || !ip_addr_cmp(&pcb->remote_ip, &quote->to.ip))
			continue;
		datagram->socket.error = error;
		socket_changed(&datagram->socket);
	}
}

/* header is the IP header's length, which lwIP has checked */
static bool sum_is_right(struct pbuf *packet, u16_t header)
{
	u16_t sum;

	pbuf_remove_header(packet, header);
	sum = inet_chksum_pbuf(packet);
	pbuf_add_header_force(packet, header);
	return !sum;
}

/* false if it is too short, or not a datagram */
static bool quote_read(struct quote *quote, const struct pbuf *packet, u16_t at)
{
	struct ip_hdr ip;
	struct udp_hdr udp;

	if (pbuf_copy_partial(packet, &ip, sizeof(ip), at) != sizeof(ip) || IPH_V(&ip) != 4 || IPH_PROTO(&ip) != IP_PROTO_UDP ||
	    IPH_HL_BYTES(&ip) < sizeof(ip))
		return false;
	if (pbuf_copy_partial(packet, &udp, sizeof(udp), (u16_t)(at + IPH_HL_BYTES(&ip))) != sizeof(udp))
		return false;
	ip_addr_set_ip4_u32_val(quote->from.ip, ip.src.addr);
	ip_addr_set_ip4_u32_val(quote->to.ip, ip.dest.addr);
	quote->from.port = lwip_ntohs(udp.src);
	quote->to.port = lwip_ntohs(udp.dest);
	return true;
}

/* returns 0: lwIP processes the message as well */
static u8_t message_read(void *argument, struct raw_pcb *pcb, struct pbuf *packet, const ip_addr_t *from)
{
	u16_t header = ip_current_header_tot_len();
	struct icmp_echo_hdr icmp;     /* all messages begin like this */
	struct quote quote;

	(void)argument;
	(void)pcb;
	(void)from;
	if (pbuf_copy_partial(packet, &icmp, sizeof(icmp), header) == sizeof(icmp) && icmp.type == ICMP_DUR &&
	    icmp.code < sizeof(errors) && errors[icmp.code] && sum_is_right(packet, header) &&
	    quote_read(&quote, packet, (u16_t)(header + sizeof(icmp))))
		datagram_quote_tell(&quote, errors[icmp.code]);
	return 0;
}

void datagram_errors_start(void)
{
	static struct raw_pcb *pcb;

	if (pcb)
		return;
	if (LWIP_IPV6)
		datagram_errors6_start();
	pcb = raw_new(IP_PROTO_ICMP);
	if (pcb)
		raw_recv(pcb, message_read, NULL);
}
