/* SPDX-License-Identifier: ISC */
/* arguments.c -- the network's command-line arguments, which are the same for every application */
#include <string.h>

#include "lwip/dns.h"

#include "interface.h"
#include "ipv6.h"
#include "lease.h"
#include "servers.h"

enum { NAME_MOST = 63 };    /* RFC 1035: of one label */

static struct uk_lwip_servers given;
static bool given_ip6;

bool uk_lwip_argument(struct uk_lwip_arguments *arguments, const char *word)
{
	const struct {
		const char *name;
		const char **value;
		const char **value6;    /* for values with a colon */
	} names[] = {
		{"--ip=", &arguments->ip, &arguments->ip6}, {"--gateway=", &arguments->gateway, &arguments->gateway6},
		{"--dns=", &arguments->dns, &arguments->dns}, {"--hostname=", &arguments->host_name, &arguments->host_name},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i].name);

		if (strncmp(word, names[i].name, length))
			continue;
		*(strchr(word, ':') ? names[i].value6 : names[i].value) = word + length;
		return true;
	}
	return false;
}

bool uk_lwip_address_parse(struct uk_lwip_address *address, const char *network, const char *gateway)
{
	const char *slash = strchr(network, '/');
	char text[IP4ADDR_STRLEN_MAX];
	unsigned bits = 0;

	if (!slash || (size_t)(slash - network) >= sizeof(text) || !slash[1] || strlen(slash + 1) > 2)
		return false;
	memcpy(text, network, (size_t)(slash - network));
	text[slash - network] = 0;
	for (const char *digit = slash + 1; *digit; digit++) {
		if (*digit < '0' || *digit > '9')
			return false;
		bits = bits * 10 + (unsigned)(*digit - '0');
	}
	if (bits < 1 || bits > 32)
		return false;
	ip4_addr_set_u32(&address->netmask, lwip_htonl(0xffffffffu << (32 - bits)));
	ip4_addr_set_zero(&address->gateway);
	return ip4addr_aton(text, &address->address) && (!gateway || ip4addr_aton(gateway, &address->gateway));
}

static bool host_name_is_valid(const char *name)
{
	size_t length = strlen(name);

	for (const char *at = name; *at; at++)
		if (!((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') || *at == '-'))
			return false;
	return length && length <= NAME_MOST && name[0] != '-' && name[length - 1] != '-';
}

static bool server_parse(ip_addr_t *server, const char *text)
{
	return strchr(text, ':') ? LWIP_IPV6 && ipv6_parse(server, text) : ipaddr_aton(text, server);
}

/* addresses separated by commas */
static bool servers_parse(struct uk_lwip_servers *servers, const char *text)
{
	char address[IPADDR_STRLEN_MAX];

	for (servers->count = 0; servers->count < UK_LWIP_SERVERS; text++) {
		size_t length = strcspn(text, ",");

		if (length >= sizeof(address))
			return false;
		memcpy(address, text, length);
		address[length] = 0;
		if (!server_parse(&servers->items[servers->count++], address))
			return false;
		text += length;
		if (!*text)
			return true;
	}
	return false;
}

void servers_apply(void)
{
	for (u8_t i = 0; i < given.count; i++)
		dns_setserver(i, &given.items[i]);
}

const char *uk_lwip_arguments_check(const struct uk_lwip_arguments *arguments)
{
	struct uk_lwip_address address;
	struct uk_lwip_servers servers;

	if (!arguments->ip && !arguments->ip6 && !lease_is_possible && !LWIP_IPV6)
		return "an address is needed, as in --ip=10.0.0.2/24: this appliance was made without DHCP";
	if (!LWIP_IPV6 && (arguments->ip6 || arguments->gateway6))
		return "this appliance was made without IPv6";
	if ((arguments->gateway && !arguments->ip) || (arguments->gateway6 && !arguments->ip6))
		return "--gateway is for an address given by --ip";
	if (arguments->ip && !uk_lwip_address_parse(&address, arguments->ip, arguments->gateway))
		return "addresses are written as in --ip=10.0.0.2/24 --gateway=10.0.0.1";
	if (LWIP_IPV6 && arguments->ip6 && !ipv6_is_right(arguments->ip6, arguments->gateway6))
		return "addresses of IPv6 are written as in --ip=fd00::2/64 --gateway=fd00::1; networks have 64 bits";
	if (arguments->dns && !servers_parse(&servers, arguments->dns))
		return "name servers are written as in --dns=10.0.0.1,10.0.0.2, at most 3";
	if (arguments->host_name && !host_name_is_valid(arguments->host_name))
		return "--hostname has letters, digits and hyphens, 63 at most";
	return NULL;
}

err_t uk_lwip_start(struct netif *netif, const char *device, const struct uk_lwip_arguments *arguments)
{
	struct uk_lwip_address address;
	err_t error;

	if (arguments->ip && !uk_lwip_address_parse(&address, arguments->ip, arguments->gateway))
		return ERR_VAL;
	if (arguments->ip6 && (!LWIP_IPV6 || !ipv6_is_right(arguments->ip6, arguments->gateway6)))
		return ERR_VAL;
	if (arguments->dns && !servers_parse(&given, arguments->dns))
		return ERR_VAL;
	error = interface_add(netif, device, arguments->ip ? &address : NULL);
	if (error != ERR_OK)
		return error;
	netif_set_hostname(netif, arguments->host_name);
	servers_apply();
	given_ip6 = arguments->ip6;
	if (LWIP_IPV6)
		ipv6_begin(netif, arguments->ip6, arguments->gateway6);
	return arguments->ip || arguments->ip6 ? ERR_OK : lease_seek(netif);
}

bool uk_lwip_has_address(const struct netif *netif)
{
	if (LWIP_IPV6 && ipv6_has_address(netif))
		return true;
	return !ip4_addr_isany(netif_ip4_addr(netif)) && !given_ip6;
}

void uk_lwip_servers(struct uk_lwip_servers *servers)
{
	*servers = given;
	for (u8_t i = 0; !given.count && i < DNS_MAX_SERVERS; i++)
		if (!ip_addr_isany(dns_getserver(i)))
			servers->items[servers->count++] = *dns_getserver(i);
}
