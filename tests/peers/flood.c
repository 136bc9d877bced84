/* SPDX-License-Identifier: ISC */
/*
 * flood.c -- floods a guest with packets that ask it to keep something for nobody
 *
 * usage: flood INTERFACE ADDRESS KIND PORT PER-SECOND SECONDS
 *
 * ADDRESS is the guest's, whose MAC address this machine must know. KIND is one of
 *
 *   syn        SYNs from addresses and ports at random, behind the guest's router
 *   near       the same, from addresses of the guest's own network, which nobody has
 *   ping       echo requests of 1,000 bytes
 *   fragments  first fragments of datagrams whose rest never comes
 *   udp        datagrams, from ports at random
 *   syn6, near6, ping6, fragments6, udp6
 *              the same over IPv6, to its link-local address; "near" are addresses of its link
 *   nearping6  echo requests from such addresses
 *   arp        requests for the guest's MAC address, from addresses of its own network, with a MAC address each
 *   nd         the same of arp for IPv6: neighbour solicitations for its link-local address
 *
 * Prints a line once 1,000 were sent, and how many in the end.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/icmp6.h>
#include <netinet/if_ether.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/ip_icmp.h>
#define __FAVOR_BSD
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { PING_BYTES = 1000, DATAGRAM_BYTES = 200, FRAGMENT_BYTES = 1400, BURST = 20, FIRST = 1000 };

struct packet {
	struct ether_header ethernet;
	union {
		struct {
			struct ip ip;
			uint8_t payload[FRAGMENT_BYTES];
		} __attribute__((packed));
		struct {
			struct ip6_hdr ip6;
			uint8_t payload6[sizeof(struct ip6_frag) + FRAGMENT_BYTES];
		} __attribute__((packed));
	};
} __attribute__((packed));

static struct in_addr own, guest;
static uint16_t port;

static uint32_t any(void)
{
	static uint64_t state = 88172645463325252;

	/* Marsaglia's xorshift */
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 16);
}

static uint32_t sum(const void *bytes, size_t size, uint32_t start)
{
	for (const uint8_t *at = bytes; size; at += 2, size -= size > 1 ? 2 : 1)
		start += (uint32_t)(at[0] << 8 | (size > 1 ? at[1] : 0));
	return start;
}

static uint16_t folded(uint32_t value)
{
	while (value >> 16)
		value = (value & 0xffff) + (value >> 16);
	return htons((uint16_t)~value);
}

/* ends: the sum of the addresses; the sizes are those of what follows IP's header */
static size_t syn_make(uint8_t *payload, uint32_t ends)
{
	struct tcphdr tcp = {
		.th_sport = htons((uint16_t)(1024 + any() % 60000)), .th_dport = htons(port), .th_seq = any(),
		.th_off = sizeof(tcp) / 4, .th_flags = TH_SYN, .th_win = htons(65535),
	};

	tcp.th_sum = folded(sum(&tcp, sizeof(tcp), ends + IPPROTO_TCP + sizeof(tcp)));
	memcpy(payload, &tcp, sizeof(tcp));
	return sizeof(tcp);
}

/* start: what its checksum has besides itself, the addresses of IPv6 */
static size_t ping_make(uint8_t *payload, uint8_t type, uint32_t start)
{
	struct icmphdr icmp = {.type = type, .un.echo = {htons(1), htons((uint16_t)any())}};

	memset(payload, 0, PING_BYTES);
	memcpy(payload, &icmp, sizeof(icmp));
	icmp.checksum = folded(sum(payload, PING_BYTES, start));
	memcpy(payload, &icmp, sizeof(icmp));
	return PING_BYTES;
}

static size_t datagram_make(uint8_t *payload, uint32_t ends, int is_summed)
{
	struct udphdr udp = {
		.uh_sport = htons((uint16_t)(1024 + any() % 60000)), .uh_dport = htons(port), .uh_ulen = htons(DATAGRAM_BYTES),
	};

	if (is_summed)
		udp.uh_sum = folded(sum(&udp, sizeof(udp), ends + IPPROTO_UDP + DATAGRAM_BYTES));
	memset(payload, 0, DATAGRAM_BYTES);
	memcpy(payload, &udp, sizeof(udp));
	return DATAGRAM_BYTES;
}

/* a MAC address that one of so many hosts could have */
static void mac_make(uint8_t *mac, uint32_t host)
{
	memcpy(mac, (uint8_t[]){2, 1, (uint8_t)(host >> 24), (uint8_t)(host >> 16), (uint8_t)(host >> 8), (uint8_t)host}, ETH_ALEN);
}

/* behind the Ethernet header; its size */
static size_t arp_make(void *at)
{
	struct ether_arp arp = {
		.ea_hdr = {htons(ARPHRD_ETHER), htons(ETHERTYPE_IP), ETH_ALEN, sizeof(guest), htons(ARPOP_REQUEST)},
	};
	uint32_t host = 16 + any() % 200;
	struct in_addr from = {(own.s_addr & htonl(0xffffff00)) | htonl(host)};

	mac_make(arp.arp_sha, host);
	memcpy(arp.arp_spa, &from, sizeof(from));
	memcpy(arp.arp_tpa, &guest, sizeof(guest));
	memcpy(at, &arp, sizeof(arp));
	return sizeof(arp);
}

/* the address of its link that belongs to a MAC address */
static void link_address_make(uint8_t *address, const uint8_t *mac)
{
	memcpy(address, (uint8_t[]){0xfe, 0x80, 0, 0, 0, 0, 0, 0, mac[0] ^ 2, mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]}, 16);
}

/* the size behind the Ethernet header */
static size_t solicitation_make(void *at, const uint8_t *mac)
{
	struct {
		struct ip6_hdr ip;
		struct nd_neighbor_solicit message;
		struct nd_opt_hdr option;
		uint8_t mac[ETH_ALEN];
	} __attribute__((packed)) packet = {
		.ip = {.ip6_nxt = IPPROTO_ICMPV6, .ip6_hlim = 255, .ip6_src.s6_addr = {0xfe, 0x80}},
		.message.nd_ns_type = ND_NEIGHBOR_SOLICIT, .option = {ND_OPT_SOURCE_LINKADDR, 1},
	};
	uint32_t host = any();
	const size_t size = sizeof(packet) - sizeof(packet.ip);

	/* of a union with what the initializer sets */
	packet.ip.ip6_vfc = 6 << 4;
	packet.ip.ip6_plen = htons((uint16_t)size);
	memcpy(packet.ip.ip6_src.s6_addr + 12, &host, sizeof(host));
	link_address_make(packet.ip.ip6_dst.s6_addr, mac);
	packet.message.nd_ns_target = packet.ip.ip6_dst;
	mac_make(packet.mac, host);
	packet.message.nd_ns_cksum = folded(sum(&packet.message, size, sum(&packet.ip.ip6_src, 32, (uint32_t)(IPPROTO_ICMPV6 + size))));
	memcpy(at, &packet, sizeof(packet));
	return sizeof(packet);
}

static struct in_addr source_choose(const char *kind)
{
	if (!strcmp(kind, "syn"))       /* 198.18.0.0/15: for benchmarks */
		return (struct in_addr){htonl(0xc6120000 | (any() & 0x1ffff))};
	if (!strcmp(kind, "near"))
		return (struct in_addr){(own.s_addr & htonl(0xffffff00)) | htonl(16 + any() % 200)};
	return own;
}

/* the size of the frame */
static size_t packet4_make(struct packet *packet, const char *kind)
{
	uint32_t ends;
	size_t size;

	packet->ip = (struct ip){.ip_v = 4, .ip_hl = sizeof(packet->ip) / 4, .ip_ttl = 64, .ip_id = (uint16_t)any(), .ip_dst = guest,
		.ip_src = source_choose(kind)};
	ends = sum(&packet->ip.ip_src, 8, 0);
	if (!strcmp(kind, "syn") || !strcmp(kind, "near")) {
		packet->ip.ip_p = IPPROTO_TCP;
		size = syn_make(packet->payload, ends);
	} else if (!strcmp(kind, "ping")) {
		packet->ip.ip_p = IPPROTO_ICMP;
		size = ping_make(packet->payload, ICMP_ECHO, 0);
	} else {
		packet->ip.ip_p = IPPROTO_UDP;
		packet->ip.ip_off = !strcmp(kind, "fragments") ? htons(IP_MF) : 0;
		size = packet->ip.ip_off ? FRAGMENT_BYTES : datagram_make(packet->payload, ends, 0);
	}
	packet->ip.ip_len = htons((uint16_t)(sizeof(packet->ip) + size));
	packet->ip.ip_sum = folded(sum(&packet->ip, sizeof(packet->ip), 0));
	return sizeof(packet->ethernet) + sizeof(packet->ip) + size;
}

/* the same for IPv6 */
static size_t packet6_make(struct packet *packet, const char *kind)
{
	struct ip6_frag fragment = {.ip6f_nxt = IPPROTO_UDP, .ip6f_offlg = IP6F_MORE_FRAG, .ip6f_ident = any()};
	uint32_t ends, host = any();
	size_t size;

	packet->ip6 = (struct ip6_hdr){.ip6_hlim = 64};
	packet->ip6.ip6_vfc = 6 << 4;
	link_address_make(packet->ip6.ip6_dst.s6_addr, packet->ethernet.ether_dhost);
	link_address_make(packet->ip6.ip6_src.s6_addr, packet->ethernet.ether_shost);
	if (!strcmp(kind, "syn6"))      /* 2001:2::/48: for benchmarks */
		memcpy(packet->ip6.ip6_src.s6_addr, (uint8_t[]){0x20, 1, 0, 2}, 4);
	if (!strcmp(kind, "syn6") || !strncmp(kind, "near", 4))
		memcpy(packet->ip6.ip6_src.s6_addr + 8, &host, sizeof(host));
	ends = sum(packet->ip6.ip6_src.s6_addr, 32, 0);
	if (!strcmp(kind, "syn6") || !strcmp(kind, "near6")) {
		packet->ip6.ip6_nxt = IPPROTO_TCP;
		size = syn_make(packet->payload6, ends);
	} else if (!strcmp(kind, "ping6") || !strcmp(kind, "nearping6")) {
		packet->ip6.ip6_nxt = IPPROTO_ICMPV6;
		size = ping_make(packet->payload6, ICMP6_ECHO_REQUEST, ends + IPPROTO_ICMPV6 + PING_BYTES);
	} else if (!strcmp(kind, "udp6")) {
		packet->ip6.ip6_nxt = IPPROTO_UDP;
		size = datagram_make(packet->payload6, ends, 1);
	} else {
		packet->ip6.ip6_nxt = IPPROTO_FRAGMENT;
		memcpy(packet->payload6, &fragment, sizeof(fragment));
		size = sizeof(fragment) + FRAGMENT_BYTES;
	}
	packet->ip6.ip6_plen = htons((uint16_t)size);
	return sizeof(packet->ethernet) + sizeof(packet->ip6) + size;
}

static size_t packet_make(struct packet *packet, const char *kind)
{
	int is_arp = !strcmp(kind, "arp"), is_nd = !strcmp(kind, "nd"), is_6 = is_nd || kind[strlen(kind) - 1] == '6';

	packet->ethernet.ether_type = htons(is_arp ? ETHERTYPE_ARP : is_6 ? ETHERTYPE_IPV6 : ETHERTYPE_IP);
	if (is_arp)
		return sizeof(packet->ethernet) + arp_make(&packet->ip);
	if (is_nd)
		return sizeof(packet->ethernet) + solicitation_make(&packet->ip6, packet->ethernet.ether_dhost);
	return is_6 ? packet6_make(packet, kind) : packet4_make(packet, kind);
}

static int is_known(const char *kind)
{
	static const char *const kinds[] = {"syn", "near", "ping", "fragments", "udp", "arp", "nd", "syn6", "near6", "ping6", "nearping6",
		"fragments6", "udp6"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kind, kinds[i]))
			return 1;
	return 0;
}

static int interface_open(const char *name, struct ether_header *header)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET};
	struct ifreq request = {0};
	struct arpreq known = {.arp_pa.sa_family = AF_INET};
	int file = socket(AF_PACKET, SOCK_RAW, 0), query = socket(AF_INET, SOCK_DGRAM, 0);

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	strncpy(known.arp_dev, name, sizeof(known.arp_dev) - 1);
	((struct sockaddr_in *)&known.arp_pa)->sin_addr = guest;
	address.sll_ifindex = (int)if_nametoindex(name);
	if (file < 0 || !address.sll_ifindex || bind(file, (struct sockaddr *)&address, sizeof(address)))
		err(2, "%s", name);
	if (ioctl(query, SIOCGIFADDR, &request))
		err(2, "the address of %s", name);
	own = ((struct sockaddr_in *)&request.ifr_addr)->sin_addr;
	if (ioctl(query, SIOCGIFHWADDR, &request))
		err(2, "the MAC address of %s", name);
	memcpy(header->ether_shost, request.ifr_hwaddr.sa_data, ETH_ALEN);
	if (ioctl(query, SIOCGARP, &known) || !(known.arp_flags & ATF_COM))
		err(2, "the guest's MAC address");
	memcpy(header->ether_dhost, known.arp_ha.sa_data, ETH_ALEN);
	close(query);
	return file;
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int count, char **words)
{
	static struct packet packet;
	unsigned long sent = 0, due;
	double began, rate, length;
	int link;

	if (count != 7 || !inet_aton(words[2], &guest))
		errx(2, "usage: flood INTERFACE ADDRESS KIND PORT PER-SECOND SECONDS");
	if (!is_known(words[3]))
		errx(2, "\"%s\": see the head of the source for what is accepted", words[3]);
	link = interface_open(words[1], &packet.ethernet);
	port = (uint16_t)atoi(words[4]);
	rate = strtod(words[5], NULL);
	length = strtod(words[6], NULL);
	for (began = seconds(); seconds() - began < length; ) {
		/* what this machine had no time for is not made up for at once */
		due = (unsigned long)((seconds() - began) * rate);
		for (int i = 0; i < BURST && sent < due; i++) {
			size_t size = packet_make(&packet, words[3]);

			/* the interface drops what it has no room for */
			if (send(link, &packet, size, 0) < 0)
				continue;
			if (++sent == FIRST) {
				puts("flooding");
				fflush(stdout);
			}
		}
		usleep(200);
	}
	printf("%lu\n", sent);
	return 0;
}
