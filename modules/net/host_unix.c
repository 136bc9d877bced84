/* SPDX-License-Identifier: ISC */
/*
 * net/unix.c -- Unix stream sockets in the framing of passt and QEMU: --net:NAME=unix:PATH, or @FD if that is one
 *
 * An ordinary user has a network this way. When the peer goes, a connection by
 * path is tried again every second.
 */
#include <errno.h>
#include <fcntl.h>
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

static bool unix_connect(unsigned d)
{
	int file = FD_NET + (int)d;

	if (connect(file, (struct sockaddr *)&addresses[d], sizeof(addresses[d])))
		return false;
	stream_open(&streams[d], file, NET_MTU_DEFAULT);
	return true;
}

/* inside the sandbox: each call here has its line in net.mod, arguments included */
static bool unix_reopen(unsigned d)
{
	int file = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	bool placed = file >= 0 && dup3(file, FD_NET + (int)d, O_CLOEXEC) >= 0;

	if (file >= 0)
		close(file);
	return placed && unix_connect(d);
}

static const struct backend connected = {unix_send, unix_receive, unix_reopen};
static const struct backend inherited = {unix_send, unix_receive, NULL};

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
	net_take(d, &connected, file, NET_MTU_DEFAULT);
	if (unix_connect(d))
		return;
	if (errno == ENOENT || errno == ECONNREFUSED)
		fail("--net:%s=unix:%s: nobody listens there; start passt -f -s PATH, or another network, before", name, path);
	fail("--net:%s=unix:%s:", name, path);
}

void unix_setup(void)
{
	net_accepts("unix:PATH (a socket of passt), @FD (an inherited stream socket)");
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		const char *value = net_devices[d].value;
		int file = net_inherited(d);

		if (!strncmp(value, prefix, strlen(prefix))) {
			path_open(d, value + strlen(prefix));
		} else if (file >= 0 && net_socket_type(file) == SOCK_STREAM) {
			net_take(d, &inherited, file, NET_MTU_DEFAULT);
			stream_open(&streams[d], FD_NET + (int)d, NET_MTU_DEFAULT);
		}
	}
}
