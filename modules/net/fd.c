/* SPDX-License-Identifier: ISC */
/* net/fd.c -- inherited descriptors on which one read or write is one frame: TAP, packet and datagram sockets */
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "net.h"

static const struct backend packets = {packet_send, packet_receive, NULL};

/* Frames must be bare: no packet information or offload header before them. */
static uint32_t interface_check(const char *name, const char *value, const struct ifreq *request)
{
	uint32_t mtu;

	if (!(request->ifr_flags & IFF_TAP) || !(request->ifr_flags & IFF_NO_PI) || request->ifr_flags & IFF_VNET_HDR)
		fail("--net:%s=%s: the descriptor's interface was not opened with the flags IFF_TAP and IFF_NO_PI alone",
		     name, value);
	mtu = net_interface_mtu(request->ifr_name);
	/* an interface of another network namespace can't be asked */
	return mtu ? mtu : NET_MTU_DEFAULT;
}

/* false if it is a stream, which has no frames */
static bool descriptor_take(unsigned d, const char *value, int file)
{
	const char *name = net_config[d].name;
	struct ifreq request;
	struct stat status;
	int type;
	socklen_t length = sizeof(type);

	if (fstat(file, &status))
		fail("--net:%s=%s:", name, value);
	net_devices[d].mtu = NET_MTU_DEFAULT;
	if (S_ISSOCK(status.st_mode)) {
		if (!getsockopt(file, SOL_SOCKET, SO_TYPE, &type, &length) && type == SOCK_STREAM)
			return false;
	} else if (S_ISCHR(status.st_mode) && !ioctl(file, TUNGETIFF, &request)) {
		net_devices[d].mtu = interface_check(name, value, &request);
	} else {
		fail("--net:%s=%s: the descriptor is neither a TAP interface nor a socket", name, value);
	}
	return true;
}

void fd_setup(void)
{
	net_accepts("@FD (an inherited descriptor)");
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		int file = net_inherited(d, net_devices[d].value);

		if (file >= 0 && descriptor_take(d, net_devices[d].value, file)) {
			net_devices[d].backend = &packets;
			descriptor_place(file, FD_NET + (int)d);
		}
	}
}
