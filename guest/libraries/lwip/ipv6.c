/* SPDX-License-Identifier: ISC */
/* ipv6.c -- IPv6 of interfaces: addresses of the link, of the command line, of routers */
#include "ipv6.h"

#include <string.h>

#include "lwip/ethip6.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip6_addr.h"
#include "lwip/mld6.h"
#include "lwip/nd6.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/prot/icmp6.h"
#include "lwip/prot/ip6.h"
#include "lwip/prot/tcp.h"
#include "lwip/timeouts.h"

#include "hooks.h"

/* lwIP takes the first 64 bits for the network, whatever its own length */
static const char length_accepted[] = "/64";

enum { HEADER_LEAST = 8 };      /* of extension headers */

static ip6_addr_t router;
static bool has_router;

/* groups of at most four hexadecimal digits, with colons between them, and "::" for those that are left out; lwIP takes more for one */
static bool is_well_formed(const char *text)
{
	unsigned groups = 0, gaps = 0;

	while (*text) {
		size_t digits;

		if (text[0] == ':' && text[1] == ':') {
			gaps++;
			text += 2;
			if (!*text)
				break;
		} else if (groups && *text++ != ':') {
			return false;
		}
		digits = strspn(text, "0123456789abcdefABCDEF");
		if (digits < 1 || digits > 4)
			return false;
		text += digits;
		groups++;
	}
	return gaps ? gaps == 1 && groups < 8 : groups == 8;
}

bool ipv6_parse(ip_addr_t *address, const char *text)
{
	IP_SET_TYPE(address, IPADDR_TYPE_V6);
	return is_well_formed(text) && ip6addr_aton(text, ip_2_ip6(address));
}

static bool network_parse(ip6_addr_t *address, const char *network)
{
	const char *slash = strchr(network, '/');
	char text[IP6ADDR_STRLEN_MAX];

	if (!slash || (size_t)(slash - network) >= sizeof(text) || strcmp(slash, length_accepted))
		return false;
	memcpy(text, network, (size_t)(slash - network));
	text[slash - network] = 0;
	return is_well_formed(text) && ip6addr_aton(text, address) && !ip6_addr_isany(address) && !ip6_addr_ismulticast(address) && !ip6_addr_isloopback(address);
}

bool ipv6_is_right(const char *network, const char *gateway)
{
	ip6_addr_t address;

	return network_parse(&address, network) && (!gateway || (is_well_formed(gateway) && ip6addr_aton(gateway, &address)));
}

const struct ip6_addr *ipv6_gateway(void)
{
	return has_router ? &router : NULL;
}

bool ipv6_is_optimistic(const struct netif *netif, const ip6_addr_t *address)
{
	for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
		u8_t state = netif_ip6_addr_state(netif, i);

		if (ip6_addr_isvalid(state) && ip6_addr_istentative(state) && ip6_addr_cmp(address, netif_ip6_addr(netif, i)))
			return true;
	}
	return false;
}

/* options follow the first two bytes; each but one of a single byte says how long it is */
static bool options_are_cut(const u8_t *header, unsigned size)
{
	unsigned at = 2;

	while (at < size)
		if (header[at] == IP6_PAD1_OPTION)
			at++;
		else if (at + 1 == size)
			return true;
		else
			at += 2u + header[at + 1];
	return at > size;
}

/* RFC 7112: the first fragment has all headers */
bool ipv6_is_cut(const struct pbuf *packet)
{
	const u8_t *at = packet->payload;
	unsigned left = packet->len, size = IP6_HLEN;
	u8_t next;

	if (left < IP6_HLEN)
		return true;
	for (next = at[6]; next == IP6_NEXTH_HOPBYHOP || next == IP6_NEXTH_ROUTING || next == IP6_NEXTH_FRAGMENT || next == IP6_NEXTH_DESTOPTS;
	     next = at[0]) {
		at += size;
		left -= size;
		if (left < HEADER_LEAST)
			return true;
		size = next == IP6_NEXTH_FRAGMENT ? HEADER_LEAST : 8u * (1u + at[1]);
		if (size > left || ((next == IP6_NEXTH_HOPBYHOP || next == IP6_NEXTH_DESTOPTS) && options_are_cut(at, size)))
			return true;
		/* another fragment */
		if (next == IP6_NEXTH_FRAGMENT && (at[2] || at[3] & 0xf8))
			return false;
	}
	return false;
}

/* a solicitation tells the sender's address on its link, which others then believe */
static bool is_too_early(const struct netif *netif, const struct pbuf *packet)
{
	const struct ip6_hdr *header = packet->payload;
	const u8_t *message = (const u8_t *)(header + 1);
	ip6_addr_t from;

	if (packet->len < IP6_HLEN + 1 || IP6H_NEXTH(header) != IP6_NEXTH_ICMP6 || message[0] != ICMP6_TYPE_NS)
		return false;
	ip6_addr_copy_from_packed(from, header->src);
	ip6_addr_assign_zone(&from, IP6_UNICAST, netif);
	return ipv6_is_optimistic(netif, &from);
}

/* RFC 4429, 3.2: a solicitation may come from another address, that of the link */
static void source_replace(struct netif *netif, struct pbuf *packet, const ip6_addr_t *to)
{
	struct ip6_hdr *header = packet->payload;
	struct icmp6_hdr *message = (struct icmp6_hdr *)(header + 1);

	ip6_addr_copy_to_packed(header->src, *netif_ip6_addr(netif, 0));
	message->chksum = 0;
	pbuf_remove_header(packet, IP6_HLEN);
	message->chksum = ip6_chksum_pseudo(packet, IP6_NEXTH_ICMP6, packet->tot_len, netif_ip6_addr(netif, 0), to);
	pbuf_add_header(packet, IP6_HLEN);
}

/* while that address is in question, too, it waits: lwIP solicits once more a second later */
static err_t output(struct netif *netif, struct pbuf *packet, const ip6_addr_t *to)
{
	if (is_too_early(netif, packet)) {
		if (!ip6_addr_isvalid(netif_ip6_addr_state(netif, 0)))
			return ERR_OK;
		source_replace(netif, packet, to);
	}
	return ethip6_output(netif, packet, to);
}

static bool reports_are_due(void)
{
	struct netif *netif;

	NETIF_FOREACH(netif)
		for (const struct mld_group *group = netif_mld6_data(netif); group; group = group->next)
			if (group->timer)
				return true;
	return false;
}

static bool timer_runs;

static void reports_tick(void *unused)
{
	mld6_tmr();
	timer_runs = reports_are_due();
	if (timer_runs)
		sys_timeout(MLD6_TMR_INTERVAL, reports_tick, unused);
}

/* lwIP's own timer would wake the guest ten times a second for ever */
void ipv6_timer_look(void)
{
	if (timer_runs || !reports_are_due())
		return;
	timer_runs = true;
	sys_timeout(MLD6_TMR_INTERVAL, reports_tick, NULL);
}

void ipv6_interface_init(struct netif *netif)
{
	netif->output_ip6 = output;
	netif->flags |= NETIF_FLAG_MLD6;
}

void ipv6_begin(struct netif *netif, const char *network, const char *gateway)
{
	static bool begun;
	ip6_addr_t address;

	netif->mtu6 = netif->mtu;
	netif_create_ip6_linklocal_address(netif, 1);
	netif_set_ip6_autoconfig_enabled(netif, !network);
	if (network && network_parse(&address, network))
		netif_add_ip6_address(netif, &address, NULL);
	has_router = gateway && ip6addr_aton(gateway, &router);
	if (has_router)
		ip6_addr_assign_zone(&router, IP6_UNICAST, netif);
	/* asks now for duplicates and routers; lwIP's timer would only do so a second later, and counts for all interfaces */
	if (!begun)
		nd6_tmr();
	begun = true;
}

bool ipv6_has_address(const struct netif *netif)
{
	for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
		if (ip6_addr_isvalid(netif_ip6_addr_state(netif, i)) && !ip6_addr_islinklocal(netif_ip6_addr(netif, i)))
			return true;
	return false;
}

bool ipv6_head_add(struct pbuf *segment, const ip_addr_t *from, const ip_addr_t *to)
{
	u16_t size = segment->tot_len;
	struct ip6_hdr *header;

	if (pbuf_add_header(segment, IP6_HLEN))
		return false;
	header = segment->payload;
	IP6H_VTCFL_SET(header, 6, 0, 0);
	IP6H_PLEN_SET(header, size);
	IP6H_NEXTH_SET(header, IP6_NEXTH_TCP);
	IP6H_HOPLIM_SET(header, IP_DEFAULT_TTL);
	ip6_addr_copy_to_packed(header->src, *ip_2_ip6(from));
	ip6_addr_copy_to_packed(header->dest, *ip_2_ip6(to));
	return true;
}
