/* SPDX-License-Identifier: ISC */
/* net/host_fd.c -- inherited descriptors on which one read or write is one frame: TAP, packet and datagram sockets */
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "net.h"

static const struct backend packets = {packet_send, packet_receive};

/* Frames must be bare: no packet information or offload header before them. */
static void interface_take(unsigned d, int file, const struct ifreq *request)
{
	uint32_t mtu;

	if (!(request->ifr_flags & IFF_TAP) || !(request->ifr_flags & IFF_NO_PI) || request->ifr_flags & IFF_VNET_HDR)
		fail("--net:%s=%s: the descriptor's interface was not opened with the flags IFF_TAP and IFF_NO_PI alone",
		     net_config[d].name, net_devices[d].value);
	/* its opener may have enabled offloads: frames that are too long, or without checksums */
	if (ioctl(file, TUNSETOFFLOAD, 0))
		fail("--net:%s=%s: turn the interface's offloads off:", net_config[d].name, net_devices[d].value);
	mtu = net_interface_mtu(request->ifr_name);
	/* an interface in another network namespace can't be queried */
	net_take(d, &packets, file, mtu ? mtu : NET_MTU_DEFAULT);
}

static void socket_take(unsigned d, int file, int type)
{
	int family = AF_UNSPEC;
	socklen_t length = sizeof(family);

	getsockopt(file, SOL_SOCKET, SO_DOMAIN, &family, &length);
	/* only SOCK_RAW packet sockets have Ethernet headers */
	if (family == AF_PACKET && type == SOCK_RAW)
		raw_take(d, file);
	else if (family != AF_PACKET && type != SOCK_STREAM)
		net_take(d, &packets, file, NET_MTU_DEFAULT);
}

void fd_setup(void)
{
	net_accepts("@FD (an inherited TAP interface, or socket of packets)");
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		int file = net_inherited(d), type;
		struct ifreq request;

		if (file < 0)
			continue;
		type = net_socket_type(file);
		if (type >= 0)
			socket_take(d, file, type);
		else if (!ioctl(file, TUNGETIFF, &request))
			interface_take(d, file, &request);
	}
}
