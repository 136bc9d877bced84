/* SPDX-License-Identifier: ISC */
/*
 * wire.c -- a bad wire between a TAP interface and an appliance, or another interface: it loses, repeats and reorders frames
 *
 * usage: wire INTERFACE PATH|to:PATH|if:INTERFACE LOST REPEATED LATE [MS]
 *
 * The appliance has --net:NAME=unix:PATH, or is behind the other interface, as on a bridge; with to: it is passt, which listens. Of 1,000 frames in either direction, LOST
 * are lost, REPEATED arrive twice, and LATE arrive after the next few, or after 5 ms
 * if there are none; the same ones in each run. Each takes MS milliseconds (0). Ends when the appliance does, or at SIGTERM;
 * prints what it did to the frames.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "delay.h"

enum { FRAME_MOST = 65536, BEHIND_MOST = 4, LATE_MS = 5 };

struct way {
	void (*send)(const void *frame, size_t size);
	struct delay delay;
	uint8_t late[FRAME_MOST];
	size_t late_size;       /* 0: none is held back */
	unsigned behind;        /* frames that go before it */
	unsigned long passed, lost, repeated, reordered;
};

static int interface, appliance;        /* the latter may be an interface, too */
static volatile sig_atomic_t stopped;
static unsigned lose, repeat, hold, takes;

static unsigned per_mille(void)
{
	static uint32_t state = 2463534242;

	/* Marsaglia's xorshift */
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % 1000;
}

static void stop(int number)
{
	(void)number;
	stopped = 1;
}

/* what the interface has no room for is lost there */
static void interface_send(const void *frame, size_t size)
{
	if (write(interface, frame, size) < 0)
		return;
}

static void other_interface_send(const void *frame, size_t size)
{
	if (write(appliance, frame, size) < 0)
		return;
}

static void appliance_send(const void *frame, size_t size)
{
	uint32_t length = htonl((uint32_t)size);
	struct iovec parts[] = {{&length, sizeof(length)}, {(void *)frame, size}};

	if (writev(appliance, parts, 2) != (ssize_t)(sizeof(length) + size))
		exit(0);
}

static void frame_send(struct way *way, const void *frame, size_t size)
{
	if (takes)
		delay_add(&way->delay, frame, size, takes);
	else
		way->send(frame, size);
}

static void late_send(struct way *way)
{
	if (way->late_size)
		frame_send(way, way->late, way->late_size);
	way->late_size = 0;
}

static void frame_carry(struct way *way, const void *frame, size_t size)
{
	unsigned luck = per_mille();

	if (luck < lose) {
		way->lost++;
		return;
	}
	luck -= lose;
	if (luck >= repeat && luck < repeat + hold && !way->late_size) {
		memcpy(way->late, frame, size);
		way->late_size = size;
		way->behind = 1 + per_mille() % BEHIND_MOST;
		way->reordered++;
		return;
	}
	frame_send(way, frame, size);
	way->passed++;
	if (luck < repeat) {
		frame_send(way, frame, size);
		way->repeated++;
	}
	if (way->late_size && !--way->behind)
		late_send(way);
}

static struct way to_appliance = {.send = appliance_send}, to_interface = {.send = interface_send};

/* frames have their length before them; the last one may not be whole yet. False: the appliance has ended */
static bool appliance_read(void)
{
	static uint8_t bytes[4 * FRAME_MOST];
	static size_t filled;
	ssize_t size = read(appliance, bytes + filled, sizeof(bytes) - filled);
	size_t at = 0;

	if (size <= 0)
		return false;
	filled += (size_t)size;
	while (filled - at >= sizeof(uint32_t)) {
		uint32_t length;

		memcpy(&length, bytes + at, sizeof(length));
		length = ntohl(length);
		if (length >= FRAME_MOST)
			errx(1, "the appliance sends a frame of %u bytes", length);
		if (filled - at - sizeof(length) < length)
			break;
		frame_carry(&to_interface, bytes + at + sizeof(length), length);
		at += sizeof(length) + length;
	}
	filled -= at;
	memmove(bytes, bytes + at, filled);
	return true;
}

static int interface_open(const char *name)
{
	int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
	struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (device < 0 || ioctl(device, TUNSETIFF, &request))
		err(1, "%s", name);
	return device;
}

static void appliance_join(const char *path, bool listens)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int end = socket(AF_UNIX, SOCK_STREAM, 0);

	if (snprintf(address.sun_path, sizeof(address.sun_path), "%s", path) >= (int)sizeof(address.sun_path))
		errx(1, "%s is too long", path);
	if (!listens && connect(end, (struct sockaddr *)&address, sizeof(address)))
		err(1, "%s", path);
	if (listens && (bind(end, (struct sockaddr *)&address, sizeof(address)) || listen(end, 1)))
		err(1, "%s", path);
	appliance = listens ? accept(end, NULL, NULL) : end;
	if (appliance < 0)
		err(1, "%s", path);
}

/* sends what has been on its way for long enough; ms until something else is to be sent, or -1 */
static int due_send(void)
{
	int to = delay_send(&to_appliance.delay, to_appliance.send), from = delay_send(&to_interface.delay, to_interface.send);
	int late = to_appliance.late_size || to_interface.late_size ? LATE_MS : -1;

	/* as unsigned numbers, -1 is the largest */
	to = (unsigned)to < (unsigned)from ? to : from;
	return (unsigned)to < (unsigned)late ? to : late;
}

int main(int count, char **words)
{
	static const char other[] = "if:", listener[] = "to:";
	static uint8_t frame[FRAME_MOST];
	bool joins_interfaces;
	ssize_t size;

	if (count != 6 && count != 7)
		errx(2, "usage: wire INTERFACE PATH|to:PATH|if:INTERFACE LOST REPEATED LATE [MS]");
	lose = (unsigned)atoi(words[3]);
	repeat = (unsigned)atoi(words[4]);
	hold = (unsigned)atoi(words[5]);
	takes = count == 7 ? (unsigned)atoi(words[6]) : 0;
	sigaction(SIGTERM, &(struct sigaction){.sa_handler = stop}, NULL);
	interface = interface_open(words[1]);
	joins_interfaces = !strncmp(words[2], other, strlen(other));
	if (joins_interfaces) {
		appliance = interface_open(words[2] + strlen(other));
		to_appliance.send = other_interface_send;
	} else if (!strncmp(words[2], listener, strlen(listener))) {
		appliance_join(words[2] + strlen(listener), false);
	} else {
		appliance_join(words[2], true);
	}
	while (!stopped) {
		struct pollfd polls[] = {{.fd = interface, .events = POLLIN}, {.fd = appliance, .events = POLLIN}};

		int wait = due_send();

		if (!poll(polls, 2, wait) && wait == LATE_MS) {
			late_send(&to_appliance);
			late_send(&to_interface);
		}
		if (polls[0].revents && (size = read(interface, frame, sizeof(frame))) > 0)
			frame_carry(&to_appliance, frame, (size_t)size);
		if (joins_interfaces && polls[1].revents && (size = read(appliance, frame, sizeof(frame))) > 0)
			frame_carry(&to_interface, frame, (size_t)size);
		if (!joins_interfaces && polls[1].revents && !appliance_read())
			break;
	}
	printf("to the appliance %lu passed %lu lost %lu repeated %lu late; from it %lu %lu %lu %lu\n",
	       to_appliance.passed, to_appliance.lost, to_appliance.repeated, to_appliance.reordered,
	       to_interface.passed, to_interface.lost, to_interface.repeated, to_interface.reordered);
	return 0;
}
