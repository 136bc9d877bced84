/* SPDX-License-Identifier: ISC */
/* address6.c -- reads and writes struct sockaddr_in6; IPv4 addresses are mapped (::ffff:) */
#include "address.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include "lwip/def.h"

/* the size of the old struct sockaddr_in6 without sin6_scope_id, which Linux accepts, too */
enum { SIZE_LEAST = 24, IPV4_AT = 12 };

long address6_read(struct address *address, const struct sockaddr *from, socklen_t size)
{
	struct sockaddr_in6 in = {0};
	u32_t ip4;

	if (size < SIZE_LEAST)
		return -EINVAL;
	memcpy(&in, from, size < sizeof(in) ? size : sizeof(in));
	if (in.sin6_family != AF_INET6)
		return -EAFNOSUPPORT;
	memset(address, 0, sizeof(*address));
	address->port = lwip_ntohs(in.sin6_port);
	if (IN6_IS_ADDR_V4MAPPED(&in.sin6_addr)) {
		memcpy(&ip4, in.sin6_addr.s6_addr + IPV4_AT, sizeof(ip4));
		ip_addr_set_ip4_u32_val(address->ip, ip4);
		return 0;
	}
	IP_SET_TYPE_VAL(address->ip, IPADDR_TYPE_V6);
	memcpy(ip_2_ip6(&address->ip)->addr, &in.sin6_addr, sizeof(in.sin6_addr));
	if (!ip6_addr_has_scope(ip_2_ip6(&address->ip), IP6_UNKNOWN))
		return 0;
	/* programs must name the link of such an address; a zone is an interface's number */
	if (!in.sin6_scope_id || in.sin6_scope_id > UINT8_MAX)
		return -EINVAL;
	ip6_addr_set_zone(ip_2_ip6(&address->ip), (u8_t)in.sin6_scope_id);
	return 0;
}

void address6_write(const struct address *address, struct sockaddr *to, socklen_t *size)
{
	struct sockaddr_in6 in = {.sin6_family = AF_INET6, .sin6_port = lwip_htons(address->port)};
	u32_t ip4 = ip_addr_get_ip4_u32(&address->ip);

	if (IP_IS_V6(&address->ip)) {
		memcpy(&in.sin6_addr, ip_2_ip6(&address->ip)->addr, sizeof(in.sin6_addr));
		in.sin6_scope_id = ip6_addr_zone(ip_2_ip6(&address->ip));
	} else if (ip4) {
		memset(in.sin6_addr.s6_addr + IPV4_AT - 2, 0xff, 2);
		memcpy(in.sin6_addr.s6_addr + IPV4_AT, &ip4, sizeof(ip4));
	}
	memcpy(to, &in, *size < sizeof(in) ? *size : sizeof(in));
	*size = sizeof(in);
}
