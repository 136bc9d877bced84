/* SPDX-License-Identifier: ISC */
/* net/net.h -- the monitor's network devices, and the interface of back ends; each back end is a file of its own */
#ifndef NET_H
#define NET_H

#include <sys/types.h>

#include "queue.h"

/* the outcome for one frame */
enum outcome {
	FRAME_MOVED,
	FRAME_AGAIN,                    /* not now: the host has no room, or no frame */
	FRAME_PART,                     /* none yet, but try again: part of one arrived, or a temporary error */
	FRAME_LOST,                     /* the back end is gone */
	/* dropped, and why */
	DROPPED_DOWN,                   /* the interface is down, or what was behind the device is gone */
	DROPPED_BUSY,                   /* the host didn't take it in time, or the guest has no buffer */
	DROPPED_LONG,                   /* longer than MTU and header */
	DROPPED_SHORT,                  /* shorter than a header */
	DROPPED_REFUSED,                /* the host refused it as invalid */
	OUTCOMES,
};

struct net_device {
	const char *value;              /* of --net, as the user wrote it */
	const struct backend *backend;  /* NULL until one has claimed it */
	uint32_t mtu;
	uint8_t mac[6];
	bool has_mac, up;
	bool ends;                      /* --net-lost: the appliance ends when what is behind the device is gone */
	bool offloads;                  /* the guest may leave TCP's checksums and segments to the host; with RECEIVES_LARGE: large_receive */
	bool reopens, asked;            /* net_reopener can reopen it; a request is pending */
	int reason;                     /* errno of the last try */
	bool readable, writable;        /* until the host returns EAGAIN: events are edge triggered */
	uint64_t busy_since;            /* when it stopped being writable */
	struct net_rings *rings;
	struct queue transmit, receive;
	uint64_t sent[OUTCOMES], received[OUTCOMES];    /* frames; loaded and stored atomically */
};

extern struct net_device net_devices[NET_DEVICES];

/* A back end's setup claims the devices whose value it understands, and leaves the others alone. */
struct backend {
	enum outcome (*send)(unsigned device, const struct buffer *frame);
	enum outcome (*receive)(unsigned device, const struct buffer *frame, uint32_t *size);
};

/* reopens devices with `reopens` after FRAME_LOST */
struct reopener {
	int descriptor;                 /* readable when there is an answer */
	void (*ask)(unsigned device);
	/* false if there is none; after error 0, FD_NET + device is a new descriptor */
	bool (*answer)(unsigned *device, int *error);
};

extern const struct reopener *net_reopener;     /* set by a back end's setup; NULL if no device reopens */

/* from a back end's setup: a form of --net's value, for messages */
void net_accepts(const char *form);

/* the descriptor of "@FD"; -1 if the value is something else or another back end has claimed it */
int net_inherited(unsigned device);

/* SOCK_STREAM and so on; -1 if the descriptor isn't a socket */
int net_socket_type(int file);

/* claims the device for a back end; its descriptor becomes FD_NET + device and non-blocking */
void net_take(unsigned device, const struct backend *backend, int file, uint32_t mtu);

/* MTU of a descriptor that has no interface */
enum { NET_MTU_DEFAULT = 1500 };

/* of an interface by its name; 0 if it can't be queried */
uint32_t net_interface_mtu(const char *interface);

/* for back ends where one read or write is one frame */
enum outcome packet_send(unsigned device, const struct buffer *frame);
enum outcome packet_receive(unsigned device, const struct buffer *frame, uint32_t *size);

/* the same, for the result of another call that wrote or read one */
enum outcome packet_sent(ssize_t count);
enum outcome packet_received(unsigned device, const struct buffer *frame, ssize_t count, uint32_t *size);

/* from fd_setup: the device is a packet socket with Ethernet headers */
void raw_take(unsigned device, int file);

/* the outcome for a received frame of size bytes, by its length: FRAME_MOVED or dropped */
static inline enum outcome net_judge(const uint8_t *frame, uint32_t size, uint32_t longest)
{
	if (size < NET_HEADER)
		return DROPPED_SHORT;
	return size <= longest || (size <= longest + NET_TAG && net_has_priority(frame, size)) ? FRAME_MOVED : DROPPED_LONG;
}

/* what TUNSETIFF has to be told for offload_take: IFF_VNET_HDR; 0 if the kernel hasn't got it */
short offload_flag(int tap);

/* claims the device for the back end that hands frames over with what the kernel has to do to them */
void offload_take(unsigned device, int tap, uint32_t mtu);

/* receives frames of up to NET_LARGEST bytes over several buffers, which it returns to the guest itself */
enum outcome large_receive(unsigned device, const struct buffer *frame, uint32_t *size);

/* whether a frame was received for which the guest had too few buffers: large_receive has the rest of it */
bool large_has_rest(unsigned device);

/*
 * Takes all parts of a frame with NET_OFFLOAD, the queue's next, whose size then is that of all; copies and checks its
 * headers. QUEUE_READY, or QUEUE_DAMAGED and the queue's fault, if they aren't TCP's.
 */
enum queue_state offload_check(struct queue *queue, struct buffer *frame);

/* returns its parts, behind its first buffer */
void offload_done(struct queue *queue);

/* starts the I/O thread, once all devices are set up */
void io_start(void);

/* prints every device's counters */
void stats_print(void);

#endif
