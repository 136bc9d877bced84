/* SPDX-License-Identifier: ISC */
/*
 * net/host_offload.c -- TAP interfaces for guests that leave TCP's segments and checksums to the kernel
 *
 * Each frame has a header before it which says what the kernel has to do. The guest
 * gives the size of a segment alone; all else comes from the frame's own headers, which
 * are copied, checked, and handed over as copied, since the guest may change its memory
 * at any time.
 */
#include <arpa/inet.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "net.h"

enum {
	IP4_HEADER = 20, IP6_HEADER = 40, TCP_HEADER = 20,
	TCP_LENGTH = 12, TCP_CHECKSUM = 16,     /* where they are in TCP's header */
	HEADERS_MOST = NET_HEADER + IP6_HEADER + 60,
	SMALL = 2048,                           /* bytes of a frame that is copied whole */
};

/* the frame that offload_check has checked last; under the lock */
static struct {
	struct virtio_net_hdr header;
	uint8_t bytes[SMALL];                   /* its headers, or all of it; right behind the other, so that one write has both */
	uint32_t size;                          /* of the headers */
	struct buffer parts[NET_PARTS];         /* that follow the first buffer */
	unsigned count;
} checked;

short offload_flag(int tap)
{
	unsigned features;

	return !ioctl(tap, TUNGETFEATURES, &features) && features & IFF_VNET_HDR ? IFF_VNET_HDR : 0;
}

static uint32_t word_read(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

/* bytes before TCP's header; 0 if the frame isn't a plain one of TCP that says its own length */
static uint32_t tcp_find(const uint8_t *bytes, uint32_t size)
{
	const uint8_t *ip = bytes + NET_HEADER;

	if (size >= NET_HEADER + IP4_HEADER + TCP_HEADER && word_read(bytes + NET_ADDRESSES) == 0x0800)
		return ip[0] == 0x45 && ip[9] == IPPROTO_TCP && !(word_read(ip + 6) & 0x3fff) && word_read(ip + 2) == size - NET_HEADER ?
			NET_HEADER + IP4_HEADER : 0;
	if (size >= NET_HEADER + IP6_HEADER + TCP_HEADER && word_read(bytes + NET_ADDRESSES) == 0x86dd)
		return ip[0] >> 4 == 6 && ip[6] == IPPROTO_TCP && word_read(ip + 4) == size - NET_HEADER - IP6_HEADER ?
			NET_HEADER + IP6_HEADER : 0;
	return 0;
}

/* all buffers of the frame, whose first is known; its size becomes that of all */
static enum queue_state parts_take(struct queue *queue, struct buffer *frame)
{
	bool more = frame->more;

	for (checked.count = 0; more; checked.count++) {
		struct buffer *part = &checked.parts[checked.count];
		enum queue_state state;

		if (checked.count == NET_PARTS)
			return queue_damaged(queue, "parts of a frame out of range:", checked.count + 1);
		state = queue_part(queue, (uint16_t)(checked.count + 1), part);
		if (state == QUEUE_EMPTY)
			return queue_damaged(queue, "frame without its end, after parts:", checked.count);
		if (state == QUEUE_DAMAGED)
			return state;
		frame->size += part->size;
		if (frame->size > (frame->segment ? NET_LARGEST : queue->most))
			return queue_damaged(queue, "size of a frame out of range:", frame->size);
		more = part->more;
	}
	return QUEUE_READY;
}

static bool is_small(const struct buffer *frame)
{
	return !checked.count && frame->size <= SMALL;
}

enum queue_state offload_check(struct queue *queue, struct buffer *frame)
{
	uint32_t first = frame->size, tcp, headers;

	if (parts_take(queue, frame) != QUEUE_READY)
		return QUEUE_DAMAGED;
	memcpy(checked.bytes, frame->bytes, is_small(frame) ? first : first < HEADERS_MOST ? first : HEADERS_MOST);
	tcp = first < NET_HEADER + IP4_HEADER + TCP_HEADER ? 0 : tcp_find(checked.bytes, frame->size);
	if (!tcp)
		return queue_damaged(queue, "frame without a header of TCP, of size", frame->size);
	headers = tcp + (uint32_t)(checked.bytes[tcp + TCP_LENGTH] >> 4) * 4;
	if (headers < tcp + TCP_HEADER || headers > first)
		return queue_damaged(queue, "size of TCP's header out of range:", headers - tcp);
	if (frame->segment && (frame->segment < NET_SEGMENT_LEAST || headers + frame->segment > queue->most))
		return queue_damaged(queue, "segment size out of range:", frame->segment);
	checked.size = headers;
	checked.header = (struct virtio_net_hdr){
		.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
		.csum_start = (uint16_t)tcp,
		.csum_offset = TCP_CHECKSUM,
	};
	/* what fits into one segment isn't cut */
	if (!frame->segment || headers + frame->segment >= frame->size)
		return QUEUE_READY;
	checked.header.gso_type = tcp == NET_HEADER + IP4_HEADER ? VIRTIO_NET_HDR_GSO_TCPV4 : VIRTIO_NET_HDR_GSO_TCPV6;
	checked.header.gso_size = frame->segment;
	checked.header.hdr_len = (uint16_t)headers;
	return QUEUE_READY;
}

void offload_done(struct queue *queue)
{
	for (unsigned i = 0; i < checked.count; i++)
		queue_done(queue, &checked.parts[i], 0);
}

/* a system call with a vector costs more than copying a small frame */
static ssize_t small_write(unsigned device, uint32_t size)
{
	return syscall(SYS_write, FD_NET + (int)device, &checked.header, sizeof(checked.header) + size);
}

static ssize_t large_write(unsigned device, const struct buffer *frame)
{
	struct iovec parts[3 + NET_PARTS] = {{&checked.header, sizeof(checked.header)}, {checked.bytes, checked.size}};
	uint32_t first = frame->size;

	for (unsigned i = 0; i < checked.count; i++) {
		parts[3 + i] = (struct iovec){checked.parts[i].bytes, checked.parts[i].size};
		first -= checked.parts[i].size;
	}
	parts[2] = (struct iovec){frame->bytes + checked.size, first - checked.size};
	return syscall(SYS_writev, FD_NET + (int)device, parts, 3 + (int)checked.count);
}

static enum outcome offload_send(unsigned device, const struct buffer *frame)
{
	if (!frame->offload) {
		checked.header = (struct virtio_net_hdr){0};
		checked.count = checked.size = 0;
		if (is_small(frame))
			memcpy(checked.bytes, frame->bytes, frame->size);
	}
	return packet_sent(is_small(frame) ? small_write(device, frame->size) : large_write(device, frame));
}

static enum outcome offload_receive(unsigned device, const struct buffer *frame, uint32_t *size)
{
	struct virtio_net_hdr header;
	const struct iovec parts[] = {{&header, sizeof(header)}, {frame->bytes, NET_ROOM(net_devices[device].mtu)}};
	ssize_t count = readv(FD_NET + (int)device, parts, 2);

	return packet_received(device, frame, count < (ssize_t)sizeof(header) ? count : count - (ssize_t)sizeof(header), size);
}

static const struct backend offload = {offload_send, RECEIVES_LARGE ? large_receive : offload_receive};

void offload_take(unsigned d, int tap, uint32_t mtu)
{
	int size = sizeof(struct virtio_net_hdr);

	/* an earlier user may have chosen another size */
	if (ioctl(tap, TUNSETVNETHDRSZ, &size))
		fail("--net:%s=%s: TUNSETVNETHDRSZ:", net_config[d].name, net_devices[d].value);
	if (RECEIVES_LARGE && ioctl(tap, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6))
		fail("--net:%s=%s: TUNSETOFFLOAD:", net_config[d].name, net_devices[d].value);
	net_devices[d].offloads = true;
	net_take(d, &offload, tap, mtu);
}
