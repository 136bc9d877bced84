/* SPDX-License-Identifier: ISC */
/* net/net.h -- a device of the monitor, and what a back end does for it; each back end is a file of its own */
#ifndef NET_H
#define NET_H

#include <sys/types.h>

#include "queue.h"

/* what becomes of one frame */
enum outcome {
	FRAME_MOVED,
	FRAME_AGAIN,                    /* not now: the host has no room, or no frame */
	FRAME_PART,                     /* none yet, but there may be more: a part of one came, or an error that passes */
	FRAME_LOST,                     /* none can be moved any more */
	/* dropped, and why */
	DROPPED_DOWN,                   /* the interface is down, or what was behind the device is gone */
	DROPPED_BUSY,                   /* the host had no room for it, and the guest none for more */
	DROPPED_LONG,                   /* longer than MTU and header */
	DROPPED_SHORT,                  /* shorter than a header */
	DROPPED_REFUSED,                /* the host took it for wrong */
	OUTCOMES,
};

struct net_device {
	const char *value;              /* of --net, as the user wrote it */
	const struct backend *backend;  /* NULL until one has taken it */
	uint32_t mtu;
	uint8_t mac[6];
	bool has_mac, up;
	bool ends;                      /* --net-lost: the appliance ends when what is behind the device is gone */
	bool reopens, asked;            /* it may come back: by net_reopener, which was asked */
	int reason;                     /* errno: why it last didn't */
	bool readable, writable;        /* as far as is known: the host tells of changes only */
	uint64_t busy_since;            /* when it stopped being writable */
	struct net_rings *rings;
	struct queue transmit, receive;
	uint64_t sent[OUTCOMES], received[OUTCOMES];    /* frames; loaded and stored atomically */
};

extern struct net_device net_devices[NET_DEVICES];

/* A back end's setup takes the devices whose value it understands, and leaves all others alone. */
struct backend {
	enum outcome (*send)(unsigned device, const struct buffer *frame);
	enum outcome (*receive)(unsigned device, const struct buffer *frame, uint32_t *size);
};

/* how devices with reopens come back after FRAME_LOST */
struct reopener {
	int descriptor;                 /* readable when there is an answer */
	void (*ask)(unsigned device);
	/* false if there is none; after error 0, FD_NET + device is a new descriptor */
	bool (*answer)(unsigned *device, int *error);
};

extern const struct reopener *net_reopener;     /* set by a back end's setup; NULL if no device reopens */

/* from a back end's setup: a form of --net's value, for messages */
void net_accepts(const char *form);

/* FD of a device's "@FD", -1 if its value is something else, or another back end has it */
int net_inherited(unsigned device);

/* SOCK_STREAM and so on; -1 if the descriptor is no socket */
int net_socket_type(int file);

/* the device is this back end's; its descriptor becomes FD_NET + device and doesn't block */
void net_take(unsigned device, const struct backend *backend, int file, uint32_t mtu);

/* MTU of a descriptor that has no interface */
enum { NET_MTU_DEFAULT = 1500 };

/* of an interface by its name; 0 if it cannot be asked */
uint32_t net_interface_mtu(const char *interface);

/* for back ends where one read or write is one frame */
enum outcome packet_send(unsigned device, const struct buffer *frame);
enum outcome packet_receive(unsigned device, const struct buffer *frame, uint32_t *size);

/* the same, of what another call returned that wrote or read one */
enum outcome packet_sent(ssize_t count);
enum outcome packet_received(unsigned device, const struct buffer *frame, ssize_t count, uint32_t *size);

/* from fd_setup: the device is a packet socket with Ethernet headers */
void raw_take(unsigned device, int file);

/* what becomes of a frame of size bytes that came, by its length: FRAME_MOVED or dropped */
static inline enum outcome net_judge(const uint8_t *frame, uint32_t size, uint32_t longest)
{
	if (size < NET_HEADER)
		return DROPPED_SHORT;
	return size <= longest || (size <= longest + NET_TAG && net_has_priority(frame, size)) ? FRAME_MOVED : DROPPED_LONG;
}

/* the I/O thread, once all devices are there */
void io_start(void);

/* prints every device's counters */
void stats_print(void);

#endif
