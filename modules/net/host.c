/* SPDX-License-Identifier: ISC */
/* net/host.c -- sets the devices up: options, addresses, rings */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "handoff.h"
#include "move.h"
#include "pace.h"

struct net_device net_devices[NET_DEVICES];
const struct reopener *net_reopener;

void option_net(unsigned device, const char *value)
{
	net_devices[device].value = value;
}

void option_net_lost(unsigned device, const char *value)
{
	if (strcmp(value, "end") && strcmp(value, "wait"))
		fail("--net-lost:%s=%s: accepted are end and wait", net_config[device].name, value);
	net_devices[device].ends = *value == 'e';
}

/* the forms of --net that this appliance accepts: "TAP, @FD" */
static char forms[256];

void net_accepts(const char *form)
{
	if (*forms)
		strncat(forms, ", ", sizeof(forms) - 1 - strlen(forms));
	strncat(forms, form, sizeof(forms) - 1 - strlen(forms));
}

static int hexadecimal(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
		c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void option_net_mac(unsigned device, const char *value)
{
	const char *name = net_config[device].name, *at = value;
	uint8_t *mac = net_devices[device].mac, any = 0;

	for (unsigned i = 0; i < 6; i++, at += 3) {
		int high = hexadecimal(at[0]), low = high < 0 ? -1 : hexadecimal(at[1]);

		if (low < 0 || at[2] != (i < 5 ? ':' : 0))
			fail("--net-mac:%s=%s: not an Ethernet address; accepted are six bytes in hexadecimal, 02:00:00:00:00:01",
			     name, value);
		mac[i] = (uint8_t)(high << 4 | low);
		any |= mac[i];
	}
	if (mac[0] & 1 || !any)
		fail("--net-mac:%s=%s: not a unicast address; its first byte must be even, and not all may be 0",
		     name, value);
	net_devices[device].has_mac = true;
}

static void mac_choose(uint8_t *mac)
{
	if (getrandom(mac, 6, 0) != 6)
		fail("getrandom:");
	mac[0] = (mac[0] & 0xfc) | 2;           /* one station; administered locally */
}

int net_inherited(unsigned device)
{
	const char *name = net_config[device].name, *value = net_devices[device].value;
	int number;

	if (net_devices[device].backend || *value != '@')
		return -1;
	number = descriptor_inherited("net", name, value);
	if (!descriptor_is_inherited(number)) {
		errno = EBADF;
		fail("--net:%s=%s:", name, value);
	}
	return number;
}

int net_socket_type(int file)
{
	int type;
	socklen_t length = sizeof(type);

	return getsockopt(file, SOL_SOCKET, SO_TYPE, &type, &length) ? -1 : type;
}

void net_take(unsigned d, const struct backend *backend, int file, uint32_t mtu)
{
	struct net_device *device = &net_devices[d];

	if (fcntl(file, F_SETFL, O_NONBLOCK | fcntl(file, F_GETFL)))
		fail("--net:%s=%s:", net_config[d].name, device->value);
	device->backend = backend;
	device->mtu = mtu;
	descriptor_place(file, FD_NET + (int)d);
}

uint32_t net_interface_mtu(const char *interface)
{
	struct ifreq request;
	int query = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), failed;

	strncpy(request.ifr_name, interface, IFNAMSIZ);
	failed = ioctl(query, SIOCGIFMTU, &request);
	close(query);
	return failed ? 0 : (uint32_t)request.ifr_mtu;
}

/* the largest MTU for which each direction has two places */
static uint32_t mtu_most(void)
{
	uint32_t mtu = NET_PLACES_SIZE / 2;

	while (NET_PLACES(mtu) < 2)
		mtu--;
	return mtu;
}

static void device_setup(unsigned d, struct net_rings *rings)
{
	struct net_device *device = &net_devices[d];
	const char *name = net_config[d].name;
	struct net_info *info = &boot_info()->net[d];

	if (!device->backend)
		fail("--net:%s=%s: not a network of this appliance; accepted is %s", name, device->value, forms);
	if (NET_PLACES(device->mtu) < 2)
		fail("--net:%s=%s: an MTU of %u is too much for this appliance's rings; accepted is at most %u "
		     "(increase NET_RING in \"config\" of its manifest)", name, device->value, device->mtu, mtu_most());
	if (!device->has_mac)
		mac_choose(device->mac);
	info->mtu = device->mtu;
	if (OFFLOADS)
		info->offloads = device->offloads;
	memcpy(info->mac, device->mac, 6);
	device->up = device->readable = device->writable = true;
	if (!rings)
		return;
	device->rings = rings;
	device->transmit = (struct queue){
		.ring = &rings->transmit, .offloads = device->offloads, .least = NET_HEADER, .most = NET_LONGEST(device->mtu),
	};
	device->receive = (struct queue){
		.ring = &rings->receive, .write = true, .least = NET_ROOM(device->mtu), .most = NET_STRIDE(device->mtu),
	};
	ring_store(&rings->up, 1);
}

void net_setup(void)
{
	struct net_rings *rings = shared_memory(&shared_net_rings, sizeof(struct net_rings) * NET_DEVICES);

	/* a guest that never acquires a device has no rings: its devices are opened and checked, but not used */
	for (unsigned d = 0; d < NET_DEVICES; d++)
		device_setup(d, rings ? &rings[d] : NULL);
	if (!rings)
		return;
	handoff_setup();
	if (PACED)
		pace_setup();
	yield_setup();
	io_start();
}
