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
 *   arp        requests for the guest's MAC address, from addresses of its own network, with a MAC address each
 *   nd         the same for IPv6: neighbour solicitations for its link-local address
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
	struct ip ip;
	uint8_t payload[FRAGMENT_BYTES];
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

static size_t syn_make(struct packet *packet, struct in_addr from)
{
	struct tcphdr tcp = {
		.th_sport = htons((uint16_t)(1024 + any() % 60000)), .th_dport = htons(port), .th_seq = any(),
		.th_off = sizeof(tcp) / 4, .th_flags = TH_SYN, .th_win = htons(65535),
	};
	uint32_t ends;

	packet->ip.ip_p = IPPROTO_TCP;
	packet->ip.ip_src = from;
	ends = sum(&from, sizeof(from), sum(&guest, sizeof(guest), IPPROTO_TCP + sizeof(tcp)));
	tcp.th_sum = folded(sum(&tcp, sizeof(tcp), ends));
	memcpy(packet->payload, &tcp, sizeof(tcp));
	return sizeof(tcp);
}

static size_t ping_make(struct packet *packet)
{
	struct icmphdr icmp = {.type = ICMP_ECHO, .un.echo = {htons(1), htons((uint16_t)any())}};

	packet->ip.ip_p = IPPROTO_ICMP;
	memset(packet->payload, 0, PING_BYTES);
	memcpy(packet->payload, &icmp, sizeof(icmp));
	icmp.checksum = folded(sum(packet->payload, PING_BYTES, 0));
	memcpy(packet->payload, &icmp, sizeof(icmp));
	return PING_BYTES;
}

static size_t datagram_make(struct packet *packet)
{
	struct udphdr udp = {
		.uh_sport = htons((uint16_t)(1024 + any() % 60000)), .uh_dport = htons(port), .uh_ulen = htons(DATAGRAM_BYTES),
	};

	packet->ip.ip_p = IPPROTO_UDP;
	memset(packet->payload, 0, DATAGRAM_BYTES);
	memcpy(packet->payload, &udp, sizeof(udp));
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

/* the same */
static size_t solicitation_make(void *at, const uint8_t *mac)
{
	struct {
		struct ip6_hdr ip;
		struct nd_neighbor_solicit message;
		struct nd_opt_hdr option;
		uint8_t mac[ETH_ALEN];
	} __attribute__((packed)) packet = {
		.ip = {.ip6_vfc = 6 << 4, .ip6_nxt = IPPROTO_ICMPV6, .ip6_hlim = 255, .ip6_src.s6_addr = {0xfe, 0x80}, .ip6_dst.s6_addr = {0xfe, 0x80}},
		.message.nd_ns_type = ND_NEIGHBOR_SOLICIT, .option = {ND_OPT_SOURCE_LINKADDR, 1},
	};
	uint8_t interface[] = {mac[0] ^ 2, mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]};
	uint32_t host = any();
	const size_t size = sizeof(packet) - sizeof(packet.ip);

	packet.ip.ip6_plen = htons((uint16_t)size);
	memcpy(packet.ip.ip6_src.s6_addr + 12, &host, sizeof(host));
	memcpy(packet.ip.ip6_dst.s6_addr + 8, interface, sizeof(interface));
	packet.message.nd_ns_target = packet.ip.ip6_dst;
	mac_make(packet.mac, host);
	packet.message.nd_ns_cksum = folded(sum(&packet.message, size, sum(&packet.ip.ip6_src, 32, (uint32_t)(IPPROTO_ICMPV6 + size))));
	memcpy(at, &packet, sizeof(packet));
	return sizeof(packet);
}

/* the size of its IP packet's payload */
static size_t payload_make(struct packet *packet, const char *kind)
{
	packet->ip.ip_src = own;
	packet->ip.ip_id = (uint16_t)any();
	packet->ip.ip_off = 0;
	if (!strcmp(kind, "syn"))       /* 198.18.0.0/15: for benchmarks */
		return syn_make(packet, (struct in_addr){htonl(0xc6120000 | (any() & 0x1ffff))});
	if (!strcmp(kind, "near"))
		return syn_make(packet, (struct in_addr){(own.s_addr & htonl(0xffffff00)) | htonl(16 + any() % 200)});
	if (!strcmp(kind, "ping"))
		return ping_make(packet);
	if (!strcmp(kind, "udp"))
		return datagram_make(packet);
	if (strcmp(kind, "fragments"))
		errx(2, "\"%s\": accepted are syn, near, ping, fragments, udp, arp and nd", kind);
	packet->ip.ip_p = IPPROTO_UDP;
	packet->ip.ip_off = htons(IP_MF);
	return FRAGMENT_BYTES;
}

/* the size of the frame */
static size_t packet_make(struct packet *packet, const char *kind)
{
	size_t size;

	packet->ethernet.ether_type = htons(!strcmp(kind, "arp") ? ETHERTYPE_ARP : !strcmp(kind, "nd") ? ETHERTYPE_IPV6 : ETHERTYPE_IP);
	if (!strcmp(kind, "arp"))
		return sizeof(packet->ethernet) + arp_make(&packet->ip);
	if (!strcmp(kind, "nd"))
		return sizeof(packet->ethernet) + solicitation_make(&packet->ip, packet->ethernet.ether_dhost);
	size = sizeof(packet->ip) + payload_make(packet, kind);
	packet->ip.ip_len = htons((uint16_t)size);
	packet->ip.ip_sum = 0;
	packet->ip.ip_sum = folded(sum(&packet->ip, sizeof(packet->ip), 0));
	return sizeof(packet->ethernet) + size;
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
	struct packet packet = {.ip = {.ip_v = 4, .ip_hl = sizeof(packet.ip) / 4, .ip_ttl = 64}};
	unsigned long sent = 0, due;
	double began, rate, length;
	int link;

	if (count != 7 || !inet_aton(words[2], &guest))
		errx(2, "usage: flood INTERFACE ADDRESS KIND PORT PER-SECOND SECONDS");
	link = interface_open(words[1], &packet.ethernet);
	port = (uint16_t)atoi(words[4]);
	rate = strtod(words[5], NULL);
	length = strtod(words[6], NULL);
	packet.ip.ip_dst = guest;
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
