/* SPDX-License-Identifier: ISC */
/*
 * frames.c -- the peer of a guest that echoes frames: sends frames, waits for the echoes, and compares them
 *
 * usage: frames WHERE COMMAND [ARGUMENT...] [-- PROGRAM ARGUMENT...]
 *
 *   echo SIZE COUNT WINDOW   sends COUNT frames of SIZE bytes, WINDOW of them in flight at a time
 *   take SIZE COUNT          receives COUNT frames of SIZE bytes that the guest sends unprompted
 *   raw HEX                  sends these bytes unchanged, without waiting
 *   tagged SIZE              sends a frame with a tag of VLAN 0 besides its SIZE bytes, and waits for the echo without it
 *   finished                 waits half a second, and checks whether the interface completes checksums
 *   empty                    sends a packet of no bytes
 *   flood KIND SECONDS       sends frames of one kind as fast as it can until PROGRAM ends: empty, short, long or good
 *   refuse                   sends a frame, and refuses the guest's answer
 *   end                      sends a frame that makes the guest end, without waiting
 *
 * WHERE is one of
 *   INTERFACE                a packet socket at this interface
 *   unix:PATH                a socket that accepts one connection; each frame follows its
 *                            length in 4 bytes, as with passt
 *   packets, stream          a socket pair; PROGRAM has the other end as descriptor 3
 *   datagrams                the same, with UDP sockets of this machine
 *   tap:INTERFACE            a packet socket at it; PROGRAM has its TAP descriptor as 3
 *   offloads:INTERFACE       the same, with checksum and segmentation offloads on
 *
 * Prints how many frames were right, wrong or missing, and on standard error the
 * mean time of one. The status is 1 unless all were right, else PROGRAM's.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	HEADER = 14,
	FRAME = 65536,
	TYPE = 0x88b5,                  /* for local experiments: IEEE 802 */
	PATIENCE = 10000,               /* ms for an echo */
};

static int link_fd, other_fd = -1;      /* other_fd: PROGRAM's */
static bool stream;

static int interface_open(const char *name)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
	int room = 4 << 20, file = socket(AF_PACKET, SOCK_RAW, 0);

	address.sll_ifindex = (int)if_nametoindex(name);
	if (file < 0 || !address.sll_ifindex || bind(file, (struct sockaddr *)&address, sizeof(address)))
		err(2, "%s", name);
	setsockopt(file, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	return file;
}

static int socket_open(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int listener = socket(AF_UNIX, SOCK_STREAM, 0), file;

	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	unlink(path);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 1))
		err(2, "%s", path);
	file = accept(listener, NULL, NULL);
	if (file < 0)
		err(2, "%s", path);
	close(listener);
	unlink(path);
	return file;
}

static int pair_open(int type)
{
	int ends[2];

	if (socketpair(AF_UNIX, type, 0, ends))
		err(2, "socketpair");
	other_fd = ends[1];
	return ends[0];
}

/* a UDP socket of this machine, at a port if it isn't 0 */
static int datagrams_bound(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = port, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int file = socket(AF_INET, SOCK_DGRAM, 0);

	if (file < 0 || bind(file, (struct sockaddr *)&address, sizeof(address)))
		err(2, "UDP socket");
	return file;
}

static struct sockaddr_in address_of(int file)
{
	struct sockaddr_in address;
	socklen_t length = sizeof(address);

	if (getsockname(file, (struct sockaddr *)&address, &length))
		err(2, "getsockname");
	return address;
}

static struct sockaddr_in other_address;        /* of datagrams' other end */

static void datagrams_connect(int file, struct sockaddr_in to)
{
	if (connect(file, (struct sockaddr *)&to, sizeof(to)))
		err(2, "connect");
}

static int datagrams_open(void)
{
	int file = datagrams_bound(0);

	other_fd = datagrams_bound(0);
	other_address = address_of(other_fd);
	datagrams_connect(file, other_address);
	datagrams_connect(other_fd, address_of(file));
	return file;
}

/* the kernel drops what is sent until it has noticed that the TAP interface is in use */
static void running_await(const char *name)
{
	struct ifreq request = {0};
	int query = socket(AF_UNIX, SOCK_DGRAM, 0);

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	for (int i = 0; i < PATIENCE; i++) {
		if (ioctl(query, SIOCGIFFLAGS, &request))
			err(2, "%s", name);
		if (request.ifr_flags & IFF_RUNNING)
			break;
		usleep(1000);
	}
	close(query);
}

static int tap_open(const char *name, unsigned offloads)
{
	struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	other_fd = open("/dev/net/tun", O_RDWR);
	if (other_fd < 0 || ioctl(other_fd, TUNSETIFF, &request) || ioctl(other_fd, TUNSETOFFLOAD, offloads))
		err(2, "%s", name);
	running_await(name);
	return interface_open(name);
}

static pid_t program_start(char **words)
{
	pid_t child = fork();

	if (child < 0)
		err(2, "fork");
	if (!child) {
		close(link_fd);
		if (other_fd >= 0 && other_fd != 3 && (dup2(other_fd, 3) < 0 || close(other_fd)))
			err(2, "descriptor 3");
		execv(words[0], words);
		err(2, "%s", words[0]);
	}
	close(other_fd);
	return child;
}

static void link_open(const char *where)
{
	int type;
	socklen_t length = sizeof(type);

	if (!strncmp(where, "unix:", 5))
		link_fd = socket_open(where + 5);
	else if (!strcmp(where, "packets"))
		link_fd = pair_open(SOCK_SEQPACKET);
	else if (!strcmp(where, "datagrams"))
		link_fd = datagrams_open();
	else if (!strcmp(where, "stream"))
		link_fd = pair_open(SOCK_STREAM);
	else if (!strncmp(where, "tap:", 4))
		link_fd = tap_open(where + 4, 0);
	else if (!strncmp(where, "offloads:", 9))
		link_fd = tap_open(where + 9, TUN_F_CSUM | TUN_F_TSO4);
	else
		link_fd = interface_open(where);
	if (getsockopt(link_fd, SOL_SOCKET, SO_TYPE, &type, &length))
		err(2, "%s", where);
	stream = type == SOCK_STREAM;
}

static void frame_send(const uint8_t *frame, size_t size)
{
	uint32_t length = htonl((uint32_t)size);
	struct iovec parts[] = {{&length, stream ? 4 : 0}, {(void *)frame, size}};
	ssize_t sent;

	do
		sent = writev(link_fd, parts, 2);
	while (sent < 0 && errno == ENOBUFS);
	if (sent != (ssize_t)(size + parts[0].iov_len))
		err(2, "send %zu bytes", size);
}

static void bytes_read(void *to, size_t size)
{
	while (size) {
		ssize_t count = read(link_fd, to, size);

		if (count <= 0)
			err(2, "the link ended");
		to = (char *)to + count;
		size -= (size_t)count;
	}
}

static size_t stream_receive(uint8_t *frame)
{
	uint32_t length;

	bytes_read(&length, 4);
	length = ntohl(length);
	if (length > FRAME)
		errx(1, "a frame of %u bytes", length);
	bytes_read(frame, length);
	return length;
}

/* a packet socket shows what this machine sent, too; other programs' frames are none of ours */
static size_t packet_receive(uint8_t *frame)
{
	struct sockaddr_ll from = {0};
	socklen_t length = sizeof(from);
	ssize_t size = recvfrom(link_fd, frame, FRAME, 0, (struct sockaddr *)&from, &length);

	if (size <= 0)
		err(2, "the link ended");
	if (length && from.sll_family == AF_PACKET && from.sll_pkttype == PACKET_OUTGOING)
		return 0;
	return (size_t)size;
}

/* 0 if none came in time */
static size_t frame_receive(uint8_t *frame)
{
	struct pollfd ready = {.fd = link_fd, .events = POLLIN};
	size_t size;

	while (poll(&ready, 1, PATIENCE) > 0) {
		size = stream ? stream_receive(frame) : packet_receive(frame);
		if (size >= HEADER && frame[12] == TYPE >> 8 && frame[13] == (TYPE & 0xff))
			return size;
	}
	return 0;
}

/* from 02:..:01 to 02:..:02; the number, and what follows from it, as payload */
static void frame_make(uint8_t *frame, size_t size, uint32_t number)
{
	static const uint8_t header[HEADER] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, TYPE >> 8, TYPE & 0xff};

	memcpy(frame, header, size < HEADER ? size : HEADER);
	for (size_t i = HEADER; i < size; i++)
		frame[i] = (uint8_t)(number >> 8 * (i & 3)) ^ (uint8_t)(i >> 2);
}

static bool is_echo(const uint8_t *frame, size_t size, size_t wanted, uint32_t number)
{
	static uint8_t expected[FRAME], address[6];

	frame_make(expected, wanted, number);
	memcpy(address, expected, 6);
	memcpy(expected, expected + 6, 6);
	memcpy(expected + 6, address, 6);
	return size == wanted && !memcmp(frame, expected, size);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int echo(size_t size, uint32_t count, uint32_t window)
{
	static uint8_t frame[FRAME];
	uint32_t sent = 0, right = 0, wrong = 0;
	double began = seconds();

	while (right + wrong < count) {
		size_t received;

		for (; sent < count && sent - right - wrong < window; sent++) {
			frame_make(frame, size, sent);
			frame_send(frame, size);
		}
		received = frame_receive(frame);
		if (!received)
			break;
		if (is_echo(frame, received, size, right + wrong))
			right++;
		else
			wrong++;
	}
	printf("%u right, %u wrong, %u missing\n", right, wrong, sent - right - wrong);
	fprintf(stderr, "%.1f us a frame\n", (seconds() - began) * 1e6 / count);
	return right != count;
}

static int take(size_t size, uint32_t count)
{
	static uint8_t frame[FRAME], expected[FRAME];
	uint32_t right = 0, wrong = 0;
	double began = 0;

	while (right + wrong < count) {
		size_t received = frame_receive(frame);

		if (!received)
			break;
		if (!began)
			began = seconds();
		frame_make(expected, size, right + wrong);
		if (received == size && !memcmp(frame + HEADER, expected + HEADER, size - HEADER))
			right++;
		else
			wrong++;
	}
	printf("%u right, %u wrong, %u missing\n", right, wrong, count - right - wrong);
	fprintf(stderr, "%.2f us a frame\n", (seconds() - began) * 1e6 / count);
	return right != count;
}

static int raw(const char *hexadecimal)
{
	static uint8_t bytes[FRAME];
	size_t size = 0;

	for (unsigned byte; size < FRAME && sscanf(hexadecimal, "%2x", &byte) == 1; hexadecimal += 2)
		bytes[size++] = (uint8_t)byte;
	return write(link_fd, bytes, size) != (ssize_t)size;
}

static int tagged(size_t size)
{
	static const uint8_t tag[] = {0x81, 0, 0xe0, 0};        /* priority 7, VLAN 0 */
	static uint8_t frame[FRAME], echo[FRAME];
	bool right;

	frame_make(frame, size, 0);
	memmove(frame + 12 + sizeof(tag), frame + 12, size - 12);
	memcpy(frame + 12, tag, sizeof(tag));
	frame_send(frame, size + sizeof(tag));
	right = is_echo(echo, frame_receive(echo), size, 0);
	printf("%s\n", right ? "right" : "wrong");
	return !right;
}

/* an interface that would leave checksums to us is not used as it should be */
static int finished(const char *where)
{
	struct ethtool_value value = {.cmd = ETHTOOL_GTXCSUM};
	struct ifreq request = {.ifr_data = (void *)&value};
	const char *colon = strchr(where, ':');

	strncpy(request.ifr_name, colon ? colon + 1 : where, IFNAMSIZ - 1);
	if (ioctl(link_fd, SIOCETHTOOL, &request))
		err(2, "%s", where);
	printf("checksums are %s\n", value.data ? "left unfinished" : "finished");
	return value.data != 0;
}

static int empty(void)
{
	return send(link_fd, "", 0, 0) != 0;
}

/* what of the kind is sent at once: one packet, or as many frames of a stream as fit */
static size_t flood_make(uint8_t *bytes, size_t room, const char *kind)
{
	size_t size = !strcmp(kind, "empty") ? 0 : !strcmp(kind, "short") ? 3 : !strcmp(kind, "long") ? 9000 : 60, all = 0;
	uint32_t length = htonl((uint32_t)size);

	frame_make(bytes, size, 0);
	if (!stream)
		return size;
	for (; all + 4 + size <= room; all += 4 + size) {
		memcpy(bytes + all, &length, 4);
		frame_make(bytes + all + 4, size, 0);
	}
	return all;
}

static int flood(const char *kind, double time)
{
	static uint8_t bytes[FRAME];
	size_t size = flood_make(bytes, sizeof(bytes), kind);
	double began = seconds();
	siginfo_t child = {0};

	for (unsigned i = 0; seconds() - began < time && !child.si_pid; i++) {
		send(link_fd, bytes, size, MSG_NOSIGNAL);
		/* main takes the status */
		if (i % 64 == 0 && waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT))
			err(2, "wait");
	}
	return 0;
}

/* the port is closed while the answer comes: ICMP says so */
static int refuse(void)
{
	uint16_t port = address_of(link_fd).sin_port;
	uint8_t frame[60];

	frame_make(frame, sizeof(frame), 0);
	frame_send(frame, sizeof(frame));
	close(link_fd);
	usleep(200000);
	link_fd = datagrams_bound(port);
	datagrams_connect(link_fd, other_address);
	return 0;
}

static int end(void)
{
	uint8_t frame[60];

	frame_make(frame, sizeof(frame), 0);
	memcpy(frame + HEADER, "end", 3);
	/* the interface may go with the guest: nothing is waited for */
	frame_send(frame, sizeof(frame));
	return 0;
}

static int command_run(const char *where, char **words, int *used)
{
	*used = 1;
	if (!strcmp(words[0], "echo") && words[1] && words[2] && words[3]) {
		*used = 4;
		return echo(strtoul(words[1], NULL, 0), (uint32_t)strtoul(words[2], NULL, 0),
			    (uint32_t)strtoul(words[3], NULL, 0));
	}
	if (!strcmp(words[0], "take") && words[1] && words[2]) {
		*used = 3;
		return take(strtoul(words[1], NULL, 0), (uint32_t)strtoul(words[2], NULL, 0));
	}
	if (!strcmp(words[0], "raw") && words[1]) {
		*used = 2;
		return raw(words[1]);
	}
	if (!strcmp(words[0], "tagged") && words[1]) {
		*used = 2;
		return tagged(strtoul(words[1], NULL, 0));
	}
	if (!strcmp(words[0], "finished"))
		return usleep(500000) || finished(where);
	if (!strcmp(words[0], "empty"))
		return empty();
	if (!strcmp(words[0], "flood") && words[1] && words[2]) {
		*used = 3;
		return flood(words[1], strtod(words[2], NULL));
	}
	if (!strcmp(words[0], "refuse"))
		return refuse();
	if (!strcmp(words[0], "end"))
		return end();
	errx(2, "\"%s\": unknown, or its arguments are missing", words[0]);
}

int main(int argc, char **argv)
{
	char **program = NULL;
	pid_t child = 0;
	int status = 0;

	if (argc < 3)
		errx(2, "see the head of the source for what to say");
	for (int i = 2; i < argc; i++)
		if (!strcmp(argv[i], "--")) {
			argv[i] = NULL;
			program = argv + i + 1;
			break;
		}
	link_open(argv[1]);
	if (program)
		child = program_start(program);
	for (int i = 2, used; argv[i]; i += used)
		if (command_run(argv[1], argv + i, &used))
			return 1;
	if (child && waitpid(child, &status, 0) != child)
		err(2, "wait");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
