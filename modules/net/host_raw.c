/* SPDX-License-Identifier: ISC */
/*
 * net/host_raw.c -- inherited packet sockets of an interface
 *
 * Frames that this machine sends to such an interface lack checksums, which a
 * network card would fill in. The kernel says so in a header before each frame, and
 * they are computed here. Several segments merged into one long frame are dropped.
 */
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "net.h"

/* sums 16-bit words from start on; the checksum's field already holds the sum of the addresses */
static void checksum_finish(uint8_t *bytes, uint32_t size, uint32_t start, uint32_t place)
{
	uint32_t sum = 0;

	if (start + place + 2 > size)
		return;
	for (uint32_t i = start; i < size; i++)
		sum += (i - start) % 2 ? bytes[i] : (uint32_t)bytes[i] << 8;
	sum = (sum & 0xffff) + (sum >> 16);
	sum = ~((sum & 0xffff) + (sum >> 16)) & 0xffff;
	/* in UDP 0 means "no checksum"; 0xffff is equivalent */
	if (!sum)
		sum = 0xffff;
	bytes[start + place] = (uint8_t)(sum >> 8);
	bytes[start + place + 1] = (uint8_t)sum;
}

static enum outcome raw_send(unsigned device, const struct buffer *frame)
{
	struct virtio_net_hdr header = {0};
	const struct iovec parts[] = {{&header, sizeof(header)}, {frame->bytes, frame->size}};

	return packet_sent(writev(FD_NET + (int)device, parts, 2));
}

static enum outcome raw_receive(unsigned device, const struct buffer *frame, uint32_t *size)
{
	struct virtio_net_hdr header = {0};
	const struct iovec parts[] = {{&header, sizeof(header)}, {frame->bytes, NET_ROOM(net_devices[device].mtu)}};
	ssize_t count = readv(FD_NET + (int)device, parts, 2);
	enum outcome outcome;

	outcome = packet_received(device, frame, count < (ssize_t)sizeof(header) ? count : count - (ssize_t)sizeof(header), size);
	if (outcome == FRAME_MOVED && header.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM)
		checksum_finish(frame->bytes, *size, header.csum_start, header.csum_offset);
	return outcome;
}

static const struct backend raw = {raw_send, raw_receive};

void raw_take(unsigned d, int file)
{
	int on = 1;

	if (setsockopt(file, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)))
		fail("--net:%s=%s: PACKET_VNET_HDR:", net_config[d].name, net_devices[d].value);
	net_take(d, &raw, file, NET_MTU_DEFAULT);
}
