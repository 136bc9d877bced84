/* SPDX-License-Identifier: ISC */
/* address.c -- reads and writes struct sockaddr_in, and passes IPv6 addresses to address6.c */
#include "address.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include "lwip/def.h"

long address_read(struct address *address, int family, const struct sockaddr *from, socklen_t size)
{
	struct sockaddr_in in;

	if (size > sizeof(struct sockaddr_storage))
		return -EINVAL;
	if (LWIP_IPV6 && family == AF_INET6)
		return address6_read(address, from, size);
	if (size < sizeof(in))
		return -EINVAL;
	memcpy(&in, from, sizeof(in));
	if (in.sin_family != AF_INET)
		return -EAFNOSUPPORT;
	ip_addr_set_ip4_u32_val(address->ip, in.sin_addr.s_addr);
	address->port = lwip_ntohs(in.sin_port);
	return 0;
}

long address_write(const struct address *address, int family, struct sockaddr *to, socklen_t *size)
{
	struct sockaddr_in in = {
		.sin_family = AF_INET,
		.sin_port = lwip_htons(address->port),
		.sin_addr.s_addr = ip_addr_get_ip4_u32(&address->ip),
	};

	if (!to)
		return 0;
	if ((int)*size < 0)
		return -EINVAL;
	if (LWIP_IPV6 && family == AF_INET6) {
		address6_write(address, to, size);
		return 0;
	}
	memcpy(to, &in, *size < sizeof(in) ? *size : sizeof(in));
	*size = sizeof(in);
	return 0;
}
