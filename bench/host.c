/* SPDX-License-Identifier: ISC */
/*
 * host.c -- runs an application as a Linux process: solo5.h on TAP devices and files, without a monitor
 *
 * usage: PROGRAM [--net:NAME=TAP]... [--block:NAME=PATH]... [--] [ARGUMENT...]
 *
 * Appliances are measured against it, so it does no more than it must: one system
 * call for each frame, each block and each wait, and another if the host has no room
 * for a frame. For an application that asks for it, it hands the kernel large frames of
 * TCP to cut, and leaves checksums of what it sends to it, as a monitor does; what it
 * receives has been cut and has them.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <uk.h>

enum { DEVICES = 64, HEAP = 16 << 20 };

/* by handle; those given by --net have net set */
static struct device {
	const char *name, *interface;
	int file;
	bool net, headers;              /* a header before each frame says what the kernel has to do */
	size_t mtu;
	uint64_t capacity;
} devices[DEVICES];
static unsigned device_count = 1;

/* the application's arguments, after the name that it was called by */
static char **words;

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(1);
}

static void tap_attach(struct device *device, short flags)
{
	struct ifreq request = {.ifr_flags = (short)(IFF_TAP | IFF_NO_PI | flags)};
	int header = sizeof(struct virtio_net_hdr);

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", device->interface);
	device->file = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	/* an earlier user of the interface may have chosen otherwise */
	if (device->file < 0 || ioctl(device->file, TUNSETIFF, &request) || ioctl(device->file, TUNSETOFFLOAD, 0) ||
	    (flags && ioctl(device->file, TUNSETVNETHDRSZ, &header)))
		die(device->interface);
}

static void tap_open(struct device *device, const char *interface)
{
	struct ifreq request = {0};
	int socket_file = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	device->net = true;
	device->interface = interface;
	tap_attach(device, 0);
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", interface);
	if (ioctl(socket_file, SIOCGIFMTU, &request))
		die(interface);
	device->mtu = (size_t)request.ifr_mtu;
	close(socket_file);
}

static void file_open(struct device *device, const char *path)
{
	struct stat status;

	device->file = open(path, O_RDWR | O_CLOEXEC);
	if (device->file < 0 || fstat(device->file, &status))
		die(path);
	device->capacity = (uint64_t)status.st_size;
}

/* "--net:NAME=VALUE" */
static void device_add(char *word, size_t prefix, void (*device_open)(struct device *device, const char *value))
{
	char *equal = strchr(word, '=');

	if (!equal || device_count == DEVICES) {
		fprintf(stderr, "%s: not NAME=VALUE, or one too many\n", word);
		exit(1);
	}
	*equal = 0;
	devices[device_count].name = word + prefix;
	device_open(&devices[device_count++], equal + 1);
}

static struct device *device_find(const char *name, bool net, solo5_handle_t *handle)
{
	for (unsigned i = 1; i < device_count; i++)
		if (devices[i].net == net && !strcmp(devices[i].name, name)) {
			*handle = i;
			return &devices[i];
		}
	return NULL;
}

solo5_time_t solo5_clock_monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (solo5_time_t)now.tv_sec * 1000000000 + (solo5_time_t)now.tv_nsec;
}

solo5_time_t solo5_clock_wall(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (solo5_time_t)now.tv_sec * 1000000000 + (solo5_time_t)now.tv_nsec;
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
	solo5_time_t now = solo5_clock_monotonic(), left = deadline > now ? deadline - now : 0;
	struct timespec timeout = {(time_t)(left / 1000000000), (long)(left % 1000000000)};
	struct pollfd files[DEVICES];
	solo5_handle_set_t ready = 0;

	for (unsigned i = 1; i < device_count; i++)
		files[i] = (struct pollfd){.fd = devices[i].net ? devices[i].file : -1, .events = POLLIN};
	ppoll(files + 1, device_count - 1, deadline == UINT64_MAX ? NULL : &timeout, NULL);
	for (unsigned i = 1; i < device_count; i++)
		if (files[i].revents & POLLIN)
			ready |= (solo5_handle_set_t)1 << i;
	if (ready_set)
		*ready_set = ready;
}

void solo5_console_write(const char *buf, size_t size)
{
	if (write(STDOUT_FILENO, buf, size) < 0)
		exit(1);
}

void solo5_exit(int status)
{
	exit(status);
}

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle, struct solo5_net_info *info)
{
	struct device *device = device_find(name, true, handle);

	if (!device)
		return SOLO5_R_EINVAL;
	info->mtu = device->mtu;
	if (getrandom(info->mac_address, SOLO5_NET_ALEN, 0) != SOLO5_NET_ALEN)
		die("getrandom");
	info->mac_address[0] = (uint8_t)((info->mac_address[0] & ~1) | 2);
	return SOLO5_R_OK;
}

/* waits until the host has room, as a guest's monitor does */
static solo5_result_t frame_send(solo5_handle_t handle, const struct iovec *parts, int count)
{
	struct pollfd room = {.fd = devices[handle].file, .events = POLLOUT};

	while (writev(devices[handle].file, parts, count) < 0)
		if (errno != EAGAIN || poll(&room, 1, -1) < 0)
			return SOLO5_R_EUNSPEC;
	return SOLO5_R_OK;
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size)
{
	struct virtio_net_hdr none = {0};
	const struct iovec parts[] = {{&none, sizeof(none)}, {(void *)buf, size}};

	return devices[handle].headers ? frame_send(handle, parts, 2) : frame_send(handle, parts + 1, 1);
}

static ssize_t frame_read(const struct device *device, uint8_t *frame, size_t room)
{
	struct virtio_net_hdr header;
	const struct iovec parts[] = {{&header, sizeof(header)}, {frame, room}};
	ssize_t count;

	if (!device->headers)
		return read(device->file, frame, room);
	count = readv(device->file, parts, 2);
	return count < 0 ? count : count - (ssize_t)sizeof(header);
}

solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size)
{
	ssize_t got = frame_read(&devices[handle], buf, size);

	if (got < 0)
		return errno == EAGAIN ? SOLO5_R_AGAIN : SOLO5_R_EUNSPEC;
	*read_size = (size_t)got;
	return SOLO5_R_OK;
}

/* sends or receives one frame, without waiting */
static uint8_t frames[2][65536];

solo5_result_t uk_net_reserve(solo5_handle_t handle, uint8_t **frame)
{
	(void)handle;
	*frame = frames[0];
	return SOLO5_R_OK;
}

solo5_result_t uk_net_commit(solo5_handle_t handle, size_t size)
{
	return solo5_net_write(handle, frames[0], size);
}

solo5_result_t uk_net_take(solo5_handle_t handle, const uint8_t **frame, size_t *size)
{
	*frame = frames[1];
	return solo5_net_read(handle, frames[1], sizeof(frames[1]), size);
}

/* each in memory of its own: lwIP may keep it */
solo5_result_t uk_net_take_large(solo5_handle_t handle, const uint8_t **frame, size_t *size, unsigned *flags)
{
	solo5_result_t result = solo5_net_read(handle, frames[1], sizeof(frames[1]), size);
	uint8_t *copy;

	if (result != SOLO5_R_OK)
		return result;
	copy = malloc(*size);
	if (!copy)
		return SOLO5_R_AGAIN;
	memcpy(copy, frames[1], *size);
	*frame = copy;
	*flags = 0;
	return result;
}

solo5_result_t uk_net_release(solo5_handle_t handle, const uint8_t *frame)
{
	(void)handle;
	if (frame != frames[1])
		free((void *)frame);
	return SOLO5_R_OK;
}

bool uk_net_is_up(solo5_handle_t handle)
{
	(void)handle;
	return true;
}

/* an application asks before it sends anything, and only if it will use them */
bool uk_net_offloads(solo5_handle_t handle)
{
	struct device *device = &devices[handle];

	if (!device->headers) {
		close(device->file);
		tap_attach(device, IFF_VNET_HDR);
		device->headers = true;
	}
	return true;
}

solo5_result_t uk_net_reserve_tcp(solo5_handle_t handle, unsigned count, uint8_t **frame)
{
	(void)count;
	return uk_net_reserve(handle, frame);
}

/* a frame of TCP with IP's shortest header, which the kernel cuts into segments of that size */
solo5_result_t uk_net_commit_tcp(solo5_handle_t handle, size_t size, const struct uk_net_part *parts, unsigned count, size_t segment,
				 void (*release)(void *owner))
{
	enum { IP = SOLO5_NET_HLEN, IP4_HEADER = 20, IP6_HEADER = 40, TCP_LENGTH = 12, TCP_CHECKSUM = 16 };
	bool is_ip6 = frames[0][IP] >> 4 == 6;
	size_t tcp = IP + (is_ip6 ? IP6_HEADER : IP4_HEADER), headers = tcp + (frames[0][tcp + TCP_LENGTH] >> 4) * 4u;
	struct virtio_net_hdr header = {
		.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM, .csum_start = (uint16_t)tcp, .csum_offset = TCP_CHECKSUM,
	};
	struct iovec vector[2 + UK_NET_PARTS] = {{&header, sizeof(header)}, {frames[0], size}};
	solo5_result_t result;

	for (unsigned i = 0; i < count; i++) {
		vector[2 + i] = (struct iovec){(void *)parts[i].bytes, parts[i].size};
		size += parts[i].size;
	}
	if (segment && headers + segment < size) {
		header.gso_type = is_ip6 ? VIRTIO_NET_HDR_GSO_TCPV6 : VIRTIO_NET_HDR_GSO_TCPV4;
		header.gso_size = (uint16_t)segment;
		header.hdr_len = (uint16_t)headers;
	}
	result = frame_send(handle, vector, 2 + (int)count);
	for (unsigned i = 0; i < count; i++)
		if (parts[i].owner)
			release(parts[i].owner);
	return result;
}

/* nothing waits */
void uk_net_reclaim(solo5_handle_t handle)
{
	(void)handle;
}

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle, struct solo5_block_info *info)
{
	struct device *device = device_find(name, false, handle);

	if (!device)
		return SOLO5_R_EINVAL;
	*info = (struct solo5_block_info){device->capacity & ~(uint64_t)511, 512};
	return SOLO5_R_OK;
}

solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
	return pread(devices[handle].file, buf, size, (off_t)offset) == (ssize_t)size ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}

solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	return pwrite(devices[handle].file, buf, size, (off_t)offset) == (ssize_t)size ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}

void uk_arguments(int *argc, char ***argv)
{
	*argv = words;
	for (*argc = 0; words[*argc]; ++*argc)
		;
}

void uk_random(void *buf, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t length = getrandom((char *)buf + done, size - done, 0);

		if (length < 0)
			die("getrandom");
		done += (size_t)length;
	}
}

/* SIGTERM ends the process */
bool uk_stop_requested(void)
{
	return false;
}

int main(int argc, char **argv)
{
	static char line[4096];
	struct solo5_start_info info = {.cmdline = line, .heap_size = HEAP};
	void *heap;
	int i = 1;

	for (; i < argc && strcmp(argv[i], "--"); i++) {
		if (!strncmp(argv[i], "--net:", 6))
			device_add(argv[i], 6, tap_open);
		else if (!strncmp(argv[i], "--block:", 8))
			device_add(argv[i], 8, file_open);
		else
			break;
	}
	i += i < argc && !strcmp(argv[i], "--");
	words = argv + i - 1;
	for (; i < argc; i++)
		snprintf(line + strlen(line), sizeof(line) - strlen(line), "%s%s", *line ? " " : "", argv[i]);
	heap = mmap(NULL, HEAP, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (heap == MAP_FAILED)
		die("start");
	info.heap_start = (uintptr_t)heap;
	return solo5_app_main(&info);
}
