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
#include <sys/uio.h>

#include "net.h"

enum {
	IP4_HEADER = 20, IP6_HEADER = 40, TCP_HEADER = 20,
	TCP_LENGTH = 12, TCP_CHECKSUM = 16,     /* where they are in TCP's header */
	HEADERS_MOST = NET_HEADER + IP6_HEADER + 60,
};

/* of the frame that offload_check has checked last; under the lock */
static struct {
	struct virtio_net_hdr header;
	uint8_t bytes[HEADERS_MOST];
	uint32_t size;
} checked;

short offload_flag(int tap)
{
	unsigned features;

	return !ioctl(tap, TUNGETFEATURES, &features) && features & IFF_VNET_HDR ? IFF_VNET_HDR : 0;
}

static bool damaged(struct queue *queue, const char *fault, unsigned long value)
{
	queue->fault = fault;
	queue->fault_value = value;
	return false;
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

bool offload_check(struct queue *queue, const struct buffer *frame)
{
	uint32_t tcp, headers = frame->size < HEADERS_MOST ? frame->size : HEADERS_MOST;

	memcpy(checked.bytes, frame->bytes, headers);
	tcp = tcp_find(checked.bytes, frame->size);
	if (!tcp)
		return damaged(queue, "frame without a header of TCP, of size", frame->size);
	headers = tcp + (uint32_t)(checked.bytes[tcp + TCP_LENGTH] >> 4) * 4;
	if (headers < tcp + TCP_HEADER || headers > frame->size)
		return damaged(queue, "size of TCP's header out of range:", headers - tcp);
	if (frame->segment && (frame->segment < NET_SEGMENT_LEAST || headers + frame->segment > queue->most))
		return damaged(queue, "segment size out of range:", frame->segment);
	checked.size = headers;
	checked.header = (struct virtio_net_hdr){
		.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
		.csum_start = (uint16_t)tcp,
		.csum_offset = TCP_CHECKSUM,
	};
	/* what fits into one segment isn't cut */
	if (!frame->segment || headers + frame->segment >= frame->size)
		return true;
	checked.header.gso_type = tcp == NET_HEADER + IP4_HEADER ? VIRTIO_NET_HDR_GSO_TCPV4 : VIRTIO_NET_HDR_GSO_TCPV6;
	checked.header.gso_size = frame->segment;
	checked.header.hdr_len = (uint16_t)headers;
	return true;
}

static enum outcome offload_send(unsigned device, const struct buffer *frame)
{
	struct virtio_net_hdr none = {0};
	const struct iovec plain[] = {{&none, sizeof(none)}, {frame->bytes, frame->size}};
	const struct iovec parts[] = {
		{&checked.header, sizeof(checked.header)}, {checked.bytes, checked.size},
		{frame->bytes + checked.size, frame->size - checked.size},
	};

	return packet_sent(frame->offload ? writev(FD_NET + (int)device, parts, 3) : writev(FD_NET + (int)device, plain, 2));
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
