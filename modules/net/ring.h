/* SPDX-License-Identifier: ISC */
/*
 * net/ring.h -- the rings of one device, as guest and monitor both see them
 *
 * Split virtqueues as in virtio 1.x (2.7), with event indices: each side stores the
 * index at which it wants to be notified, and leaves an old one there while it polls.
 */
#ifndef NET_RING_H
#define NET_RING_H

#include <linux/virtio_ring.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* CONFIG_NET_RING comes with core.h or guest.h, before this */

/* the power of two that holds CONFIG_NET_RING frames */
#define NET_RING_SIZE   (1u << (32 - __builtin_clz(CONFIG_NET_RING - 1)))

enum {
	NET_HEADER = 14,                /* Ethernet's */
	NET_TAG = 4,                    /* IEEE 802.1Q's, behind the addresses */
	NET_ADDRESSES = 12,             /* of receiver and sender */
	NET_FRAME_ROOM = 1536,          /* the buffer of a frame of 1,514 bytes: see NET_STRIDE */
};

/* a frame begins 2 bytes into its buffer, so that the data after its header is aligned */
enum { NET_PADDING = 2 };

/* one byte more than the longest frame with a tag, so that longer ones are detected, not truncated */
#define NET_LONGEST(mtu)        ((mtu) + NET_HEADER)
#define NET_ROOM(mtu)           (NET_LONGEST(mtu) + NET_TAG + 1)
#define NET_STRIDE(mtu)         ((NET_PADDING + NET_ROOM(mtu) + 63) & ~63u)

/* buffers in each direction of a device */
#define NET_PLACES_SIZE         (CONFIG_NET_RING * NET_FRAME_ROOM)
#define NET_PLACES(mtu)         (NET_PLACES_SIZE / NET_STRIDE(mtu) < CONFIG_NET_RING ? \
				 NET_PLACES_SIZE / NET_STRIDE(mtu) : CONFIG_NET_RING)

#define OFFLOADS                (CONFIG_NET_OFFLOADED != 0)

/*
 * Flags of a transmit descriptor. NET_OFFLOAD: the frame is one of TCP, and the host computes its checksum; the field has the
 * sum of the addresses, the protocol and the length. If the descriptor's `next` isn't 0 it is the size of a
 * segment's data, and the host cuts the frame, which may have up to NET_LARGEST bytes. NET_MORE: the frame goes on with the buffer
 * behind this one in the ring; the first has all its headers, and NET_PARTS may follow it.
 */
enum { NET_OFFLOAD = 1 << 8, NET_MORE = 1 << 9, NET_PARTS = 15, NET_SEGMENT_LEAST = 536, NET_LARGEST = 65535 };

/*
 * Large frames are also received, over several buffers. Bits of a used descriptor's length: the checksum of TCP or UDP
 * is known to be right, or was not computed yet; the frame goes on in the next buffer.
 */
#define RECEIVES_LARGE          (CONFIG_NET_LARGE_RECEIVED != 0)
#define NET_SUMMED              (1u << 31)
#define NET_CONTINUES           (1u << 30)
#define NET_SIZE(length)        ((length) & ~(NET_SUMMED | NET_CONTINUES))

/* priority-tagged: VLAN 0 means that there is no VLAN; frame of size bytes */
static inline bool net_has_priority(const uint8_t *frame, size_t size)
{
	return size >= NET_HEADER + NET_TAG && frame[NET_ADDRESSES] == 0x81 && !frame[NET_ADDRESSES + 1] &&
		!(frame[NET_ADDRESSES + 2] & 0xf) && !frame[NET_ADDRESSES + 3];
}

struct net_queue {
	struct vring_desc descriptors[NET_RING_SIZE];
	struct {
		uint16_t flags, index, ring[NET_RING_SIZE];
		uint16_t used_event;
	} available;                                    /* written by the guest */
	struct {
		uint16_t flags, index;
		struct vring_used_elem ring[NET_RING_SIZE];
		uint16_t available_event;
	} used __attribute__((aligned(64)));            /* written by the monitor */
} __attribute__((aligned(64)));

struct net_rings {
	struct net_queue transmit, receive;
	uint32_t up;                                    /* written by the monitor: 0 once the back end is gone */
} __attribute__((aligned(64)));

/* an index or event that the other side may change at any time */
#define ring_load(from)         __atomic_load_n((from), __ATOMIC_ACQUIRE)
#define ring_store(to, value)   __atomic_store_n((to), (value), __ATOMIC_RELEASE)

/* full barrier between storing an index and loading the other side's event, and vice versa */
#define ring_barrier()          __atomic_thread_fence(__ATOMIC_SEQ_CST)

#endif
