/* SPDX-License-Identifier: ISC */
/*
 * net/host_unix.c -- Unix stream sockets in the framing of passt and QEMU: --net:NAME=unix:PATH, or @FD if that is one
 *
 * This gives ordinary users a network. When the peer disconnects, a helper process
 * tries to connect again every second: if the monitor's own filter allowed connect,
 * one that was taken over could reach any service of the host.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "stream.h"

static const char prefix[] = "unix:";

static struct stream streams[NET_DEVICES];
static struct sockaddr_un addresses[NET_DEVICES];

static enum outcome unix_send(unsigned device, const struct buffer *frame)
{
	return stream_send(&streams[device], frame);
}

static enum outcome unix_receive(unsigned device, const struct buffer *frame, uint32_t *size)
{
	return stream_receive(&streams[device], frame, size);
}

static const struct backend stream = {unix_send, unix_receive};

/* FD_NET + device is a new socket; errno if it can't be connected */
static bool unix_connect(unsigned d)
{
	return !connect(FD_NET + (int)d, (struct sockaddr *)&addresses[d], sizeof(addresses[d]));
}

/* --- the helper: each of its calls has its line in net.mod, arguments included --- */

static int reconnect(unsigned d)
{
	int file = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	bool placed = file >= 0 && dup3(file, FD_NET + (int)d, O_CLOEXEC) >= 0;
	int error = placed && unix_connect(d) ? 0 : errno;

	if (file >= 0)
		close(file);
	return error;
}

struct answer {
	unsigned device;
	int error;
};

/* runs until the monitor has ended; trusts no request */
static void helper_run(void)
{
	struct pollfd events[] = {{.fd = FD_NET_MONITOR, .events = POLLIN}, {.fd = FD_NET_HELPER, .events = POLLIN}};
	struct answer answer;

	while (ppoll(events, 2, NULL, NULL) > 0 && !events[0].revents) {
		if (read(FD_NET_HELPER, &answer.device, sizeof(answer.device)) != sizeof(answer.device))
			continue;
		answer.error = answer.device < NET_DEVICES ? reconnect(answer.device) : EINVAL;
		/* fails if the monitor doesn't read its answers */
		write(FD_NET_HELPER, &answer, sizeof(answer));
	}
}

/* --- the monitor's side of it --- */

static void reopen_ask(unsigned device)
{
	/* never blocks: at most one request per device is pending */
	if (write(FD_NET_RECONNECT, &device, sizeof(device)) != sizeof(device))
		message("device \"%s\": the process that reconnects has ended", net_config[device].name);
}

static bool reopen_answer(unsigned *device, int *error)
{
	struct answer answer;

	if (read(FD_NET_RECONNECT, &answer, sizeof(answer)) != sizeof(answer))
		return false;
	*device = answer.device;
	*error = answer.error;
	if (!answer.error)
		stream_open(&streams[answer.device], FD_NET + (int)answer.device, NET_MTU_DEFAULT);
	return true;
}

static const struct reopener reopener = {FD_NET_RECONNECT, reopen_ask, reopen_answer};

static void reopener_start(void)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends))
		fail("socketpair:");
	descriptor_place(ends[0], FD_NET_RECONNECT);
	descriptor_place(ends[1], FD_NET_HELPER);
	helper_start(helper_run, &net_connector_filter, FD_NET_MONITOR);
	net_reopener = &reopener;
}

static void path_open(unsigned d, const char *path)
{
	const char *name = net_config[d].name;
	int file;

	addresses[d].sun_family = AF_UNIX;
	if (!*path || strlen(path) >= sizeof(addresses[d].sun_path))
		fail("--net:%s=unix:%s: accepted is the path of a socket, of 1 to %u bytes", name, path,
		     (unsigned)sizeof(addresses[d].sun_path) - 1);
	strcpy(addresses[d].sun_path, path);
	file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (file < 0)
		fail("--net:%s=unix:%s:", name, path);
	net_take(d, &stream, file, NET_MTU_DEFAULT);
	net_devices[d].reopens = true;
	if (unix_connect(d)) {
		stream_open(&streams[d], FD_NET + (int)d, NET_MTU_DEFAULT);
		return;
	}
	if (errno == ENOENT || errno == ECONNREFUSED)
		fail("--net:%s=unix:%s: nothing listens there; start passt -f -s PATH, or another network, before", name, path);
	fail("--net:%s=unix:%s:", name, path);
}

void unix_setup(void)
{
	bool reopens = false;

	net_accepts("unix:PATH (a socket of passt), @FD (an inherited stream socket)");
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		const char *value = net_devices[d].value;
		int file = net_inherited(d);

		if (!strncmp(value, prefix, strlen(prefix))) {
			path_open(d, value + strlen(prefix));
			reopens = true;
		} else if (file >= 0 && net_socket_type(file) == SOCK_STREAM) {
			net_take(d, &stream, file, NET_MTU_DEFAULT);
			stream_open(&streams[d], FD_NET + (int)d, NET_MTU_DEFAULT);
		}
	}
	/* it has copied the paths */
	if (reopens)
		reopener_start();
}
