/* SPDX-License-Identifier: ISC */
/* families/ancillary.c -- control data of messages: what they say of a datagram, and how one is to be sent */
#define _GNU_SOURCE
#include <netinet/tcp.h>
#include <unistd.h>

#include "families.h"

static const struct { const char *name; int level, option; } options_told[] = {
	{"IP_PKTINFO", IPPROTO_IP, IP_PKTINFO}, {"IP_RECVTTL", IPPROTO_IP, IP_RECVTTL}, {"IP_RECVTOS", IPPROTO_IP, IP_RECVTOS},
	{"IPV6_RECVPKTINFO", IPPROTO_IPV6, IPV6_RECVPKTINFO}, {"IPV6_RECVHOPLIMIT", IPPROTO_IPV6, IPV6_RECVHOPLIMIT},
	{"IPV6_RECVTCLASS", IPPROTO_IPV6, IPV6_RECVTCLASS},
};

static void item_say(const struct cmsghdr *item)
{
	const unsigned char *data = CMSG_DATA(item);

	printf("  level %d type %d size %u:", item->cmsg_level, item->cmsg_type, (unsigned)item->cmsg_len);
	for (size_t i = 0; i + CMSG_LEN(0) < item->cmsg_len; i++)
		printf(" %02x", data[i]);
	printf("\n");
}

/* what there is in so much room */
static void items_say(const char *what, int socket, size_t room)
{
	_Alignas(struct cmsghdr) char control[256];
	struct iovec place = {bytes, 50};
	struct sockaddr_storage name;
	struct msghdr message = {.msg_name = &name, .msg_namelen = sizeof(name), .msg_iov = &place, .msg_iovlen = 1,
		.msg_control = room ? control : NULL, .msg_controllen = (socklen_t)room};

	ssize_t size;

	memset(control, 0xee, sizeof(control));
	settle();
	size = recvmsg(socket, &message, MSG_DONTWAIT);
	say(what, size);
	if (size < 0)
		return;
	printf("  control %u flags %x\n", (unsigned)message.msg_controllen, (unsigned)message.msg_flags);
	for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item))
		item_say(item);
	fflush(stdout);
}

/* a datagram with one item; size: of its data */
static void send_with(const char *what, int socket, int level, int type, const void *data, size_t size)
{
	union { struct cmsghdr header; char bytes[CMSG_SPACE(64)]; } control = {
		.header = {.cmsg_len = (socklen_t)CMSG_LEN(size), .cmsg_level = level, .cmsg_type = type},
	};
	struct iovec part = {"x", 1};
	struct sockaddr_storage name;
	struct msghdr message = {.msg_name = &name, .msg_namelen = here(&name, PORT), .msg_iov = &part, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = (socklen_t)CMSG_SPACE(size)};

	memcpy(CMSG_DATA(&control.header), data, size);
	say(what, sendmsg(socket, &message, 0));
}

static void number_send(int socket, int level, int type, int number)
{
	char what[64];

	snprintf(what, sizeof(what), "%d:%d is %d", level, type, number);
	send_with(what, socket, level, type, &number, sizeof(number));
}

static void places_send(int socket)
{
	struct in_pktinfo place = {.ipi_spec_dst.s_addr = htonl(INADDR_LOOPBACK)};
	struct in6_pktinfo place6 = {.ipi6_addr = IN6ADDR_LOOPBACK_INIT};

	send_with("from 127.0.0.1", socket, IPPROTO_IP, IP_PKTINFO, &place, sizeof(place));
	place.ipi_ifindex = 1;
	send_with("by the loopback interface", socket, IPPROTO_IP, IP_PKTINFO, &place, sizeof(place));
	place.ipi_spec_dst.s_addr = 0;
	send_with("from any", socket, IPPROTO_IP, IP_PKTINFO, &place, sizeof(place));
	send_with("too short", socket, IPPROTO_IP, IP_PKTINFO, &place, sizeof(place) - 1);
	send_with("too long", socket, IPPROTO_IP, IP_PKTINFO, &place, sizeof(place) + 4);
	place.ipi_ifindex = 77;
	send_with("by none", socket, IPPROTO_IP, IP_PKTINFO, &place, sizeof(place));
	place = (struct in_pktinfo){.ipi_spec_dst.s_addr = inet_addr("198.18.0.1")};
	send_with("from another's address", socket, IPPROTO_IP, IP_PKTINFO, &place, sizeof(place));

	send_with("from ::1", socket, IPPROTO_IPV6, IPV6_PKTINFO, &place6, sizeof(place6));
	place6.ipi6_ifindex = 1;
	send_with("by the loopback interface", socket, IPPROTO_IPV6, IPV6_PKTINFO, &place6, sizeof(place6));
	place6.ipi6_addr = in6addr_any;
	send_with("from any", socket, IPPROTO_IPV6, IPV6_PKTINFO, &place6, sizeof(place6));
	send_with("too short", socket, IPPROTO_IPV6, IPV6_PKTINFO, &place6, sizeof(place6) - 1);
	place6.ipi6_ifindex = 77;
	send_with("by none", socket, IPPROTO_IPV6, IPV6_PKTINFO, &place6, sizeof(place6));
	place6.ipi6_ifindex = 0;
	inet_pton(AF_INET6, "fd77::1", &place6.ipi6_addr);
	send_with("from another's address", socket, IPPROTO_IPV6, IPV6_PKTINFO, &place6, sizeof(place6));
}

static void mistakes_send(int socket)
{
	union { struct cmsghdr header; char bytes[CMSG_SPACE(4) * 2]; } control;
	struct iovec part = {"mistake", 7};
	struct sockaddr_storage name;
	struct msghdr message = {.msg_name = &name, .msg_namelen = here(&name, PORT), .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control};

	for (unsigned room = 0; room <= sizeof(control); room += 7)
		for (unsigned size = 0; size <= 40; size += 5) {
			memset(&control, 0, sizeof(control));
			control.header = (struct cmsghdr){.cmsg_len = size, .cmsg_level = 4711};
			message.msg_controllen = room;
			printf("%u of %u ", size, room);
			say("bytes", sendmsg(socket, &message, 0));
		}
	while (recv(socket, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		;
}

static void streams_send(void)
{
	int ends[2];

	pair(ends);
	setsockopt(ends[0], IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	number_send(ends[0], IPPROTO_IP, IP_TTL, 7);
	number_send(ends[0], IPPROTO_IP, IP_TTL, -7);
	number_send(ends[0], IPPROTO_IPV6, IPV6_HOPLIMIT, 1000);
	number_send(ends[0], SOL_SOCKET, SCM_RIGHTS, 0);
	number_send(ends[0], SOL_SOCKET, 4711, 0);
	setsockopt(ends[1], IPPROTO_IP, IP_PKTINFO, &(int){1}, sizeof(int));
	items_say("a stream", ends[1], 200);
	unpair(ends);
}

void ancillary(void)
{
	int one = new(SOCK_DGRAM), four = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in name = at("127.0.0.1", PORT);

	for (size_t i = 0; i < sizeof(options_told) / sizeof(options_told[0]); i++)
		option(options_told[i].name, one, options_told[i].level, options_told[i].option, 0);
	bind_here(one, PORT);
	send_here(one, PORT, "nothing asked");
	items_say("nothing asked", one, 200);
	for (size_t i = 0; i < sizeof(options_told) / sizeof(options_told[0]); i++) {
		option(options_told[i].name, one, options_told[i].level, options_told[i].option, 3);
		send_here(one, PORT, "one more");
		items_say("one more", one, 200);
	}
	for (size_t room = 0; room < 120; room += 3) {
		send_here(one, PORT, "little room");
		items_say("little room", one, room);
	}
	send_here(one, PORT, "long enough to be truncated, as there are only fifty bytes");
	items_say("truncated", one, 20);
	option("time to live", one, IPPROTO_IP, IP_TTL, 9);
	option("service", one, IPPROTO_IP, IP_TOS, 0x28);
	option("hop limit", one, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 11);
	option("class", one, IPPROTO_IPV6, IPV6_TCLASS, 0x48);
	send_here(one, PORT, "by options");
	items_say("by options", one, 200);
	for (int i = 0; i < 2; i++) {
		static const int values[] = {-2, -1, 0, 1, 77, 255, 256};

		for (int j = 0; j < 7; j++) {
			number_send(one, i ? IPPROTO_IPV6 : IPPROTO_IP, i ? IPV6_HOPLIMIT : IP_TTL, values[j]);
			items_say("it", one, 200);
			/* -1 is what the socket has, or 255: kernels differ */
			if (i && values[j] == -1)
				continue;
			number_send(one, i ? IPPROTO_IPV6 : IPPROTO_IP, i ? IPV6_TCLASS : IP_TOS, values[j]);
			items_say("it", one, 200);
		}
	}
	send_with("a byte", one, IPPROTO_IP, IP_TOS, "\x10", 1);
	items_say("it", one, 200);
	send_with("a byte", one, IPPROTO_IP, IP_TTL, "\x10", 1);
	send_with("a byte", one, IPPROTO_IPV6, IPV6_TCLASS, "\x10", 1);
	number_send(one, IPPROTO_IP, 4711, 1);
	number_send(one, IPPROTO_IPV6, 4711, 1);
	number_send(one, SOL_SOCKET, SCM_RIGHTS, 0);
	number_send(one, SOL_SOCKET, 4711, 0);
	number_send(one, IPPROTO_TCP, 4711, 0);
	while (recv(one, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		;
	send_here(one, PORT, "by options again");
	items_say("by options again", one, 200);
	places_send(one);
	for (int i = 0; i < 8; i++)
		items_say("from there", one, 200);
	mistakes_send(one);
	streams_send();
	close(one);
	/* IPv4's to a socket of both */
	one = new(SOCK_DGRAM);
	if (family == AF_INET6) {
		struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};

		bind(one, (struct sockaddr *)&any, sizeof(any));
	} else {
		bind_here(one, PORT);
	}
	for (size_t i = 0; i < sizeof(options_told) / sizeof(options_told[0]); i++)
		setsockopt(one, options_told[i].level, options_told[i].option, &(int){1}, sizeof(int));
	say("IPv4's", sendto(four, "four", 4, 0, (struct sockaddr *)&name, sizeof(name)));
	items_say("of IPv4", one, 250);
	close(four);
	close(one);
}
