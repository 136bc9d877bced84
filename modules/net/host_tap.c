/* SPDX-License-Identifier: ISC */
/* net/host_tap.c -- TAP interfaces: --net:NAME=INTERFACE */
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net.h"
#include "pace.h"

static const struct backend tap = {packet_send, packet_receive};

static void attach_fail(const char *name, const char *interface, bool existed)
{
	if (errno == EBUSY)
		fail("--net:%s=%s: busy: another process uses this interface", name, interface);
	if (errno == EINVAL && existed)
		fail("--net:%s=%s: not a TAP interface for a single process; "
		     "make one by \"ip tuntap add NAME mode tap\"", name, interface);
	if (errno == EPERM && existed)
		fail("--net:%s=%s: no permission: this needs CAP_NET_ADMIN, or an interface made for this user "
		     "(\"ip tuntap add NAME mode tap user USER\"); passt needs neither: --net:%s=unix:PATH",
		     name, interface, name);
	if (errno == EPERM)
		fail("--net:%s=%s: there is no such interface, and making one needs CAP_NET_ADMIN; "
		     "passt needs none: --net:%s=unix:PATH", name, interface, name);
	fail("--net:%s=%s:", name, interface);
}

static int device_open(const char *name, const char *interface)
{
	int file = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	if (file < 0 && (errno == ENOENT || errno == ENODEV || errno == ENXIO))
		fail("--net:%s=%s: there is no /dev/net/tun; load the module tun, or give the container the device",
		     name, interface);
	if (file < 0 && errno == EACCES)
		fail("--net:%s=%s: /dev/net/tun: permission denied; on most systems it is open to all users (mode 666), "
		     "since an interface has rights of its own", name, interface);
	if (file < 0)
		fail("--net:%s=%s: /dev/net/tun:", name, interface);
	return file;
}

/* an interface created here is removed with the appliance, so nothing can have configured it */
static void interface_up(const char *name, struct ifreq *request)
{
	int query = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (ioctl(query, SIOCGIFFLAGS, request))
		fail("--net:%s=%s: state of the new interface:", name, request->ifr_name);
	request->ifr_flags |= IFF_UP;
	if (ioctl(query, SIOCSIFFLAGS, request))
		fail("--net:%s=%s: set the new interface up:", name, request->ifr_name);
	close(query);
	/* otherwise a misspelt name would create an interface that nothing else uses */
	message("--net:%s=%s: there was no such interface: created it; it is removed when this appliance ends", name, request->ifr_name);
}

/*
 * Attaching raises the carrier, but the kernel transmits only once a worker of its own has noticed,
 * and drops frames until then: a connection's first packet would be sent again a second later.
 * A query of the link has the kernel notice at once (since Linux 6.8).
 */
static void carrier_settle(struct ifreq *request)
{
	struct ethtool_value link = {.cmd = ETHTOOL_GLINK};
	int query = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	request->ifr_data = (void *)&link;
	ioctl(query, SIOCETHTOOL, request);
	close(query);
}

static void interface_open(unsigned d, const char *interface)
{
	const char *name = net_config[d].name;
	struct ifreq request = {0};
	short offload = 0;
	bool existed;
	int file;

	if (strlen(interface) >= IFNAMSIZ)
		fail("--net:%s=%s: the name of an interface has at most %d characters", name, interface, IFNAMSIZ - 1);
	existed = net_interface_mtu(interface) != 0;
	file = device_open(name, interface);
	uint32_t mtu;

	memcpy(request.ifr_name, interface, strlen(interface));
	/* a limit counts the frames of the network */
	if (OFFLOADS && !(PACED && pace_limits(d)))
		offload = offload_flag(file);
	request.ifr_flags = (short)(IFF_TAP | IFF_NO_PI | offload);
	if (ioctl(file, TUNSETIFF, &request))
		attach_fail(name, interface, existed);
	/* an earlier user may have left offloads enabled: frames that are too long, or without checksums */
	if (ioctl(file, TUNSETOFFLOAD, 0))
		fail("--net:%s=%s: turn its offloads off:", name, interface);
	if (!existed)
		interface_up(name, &request);
	carrier_settle(&request);
	mtu = net_interface_mtu(interface);
	if (!mtu)
		fail("--net:%s=%s: its MTU:", name, interface);
	if (OFFLOADS && offload)
		offload_take(d, file, mtu);
	else
		net_take(d, &tap, file, mtu);
}

/* names of interfaces can't contain '/', nor begin like the values of other back ends */
static bool is_interface_name(const char *value)
{
	return *value && !strpbrk(value, "/: %@");
}

void tap_setup(void)
{
	net_accepts("TAP (an interface's name)");
	for (unsigned d = 0; d < NET_DEVICES; d++)
		if (!net_devices[d].backend && is_interface_name(net_devices[d].value))
			interface_open(d, net_devices[d].value);
}
