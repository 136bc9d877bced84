/* SPDX-License-Identifier: ISC */
/* net/queue.h -- the monitor's side of one ring: takes buffers and returns them in the guest's order */
#ifndef NET_QUEUE_H
#define NET_QUEUE_H

#include "core.h"
#include "ring.h"

struct queue {
	struct net_queue *ring;         /* in guest memory: anything in it may change at any time */
	bool write;                     /* the monitor writes into the buffers */
	bool offloads;                  /* frames may have NET_OFFLOAD */
	uint32_t least, most;           /* limits on a buffer's size, in bytes */
	uint16_t done;                  /* buffers returned, modulo 2^16: the value of used.index */
	uint16_t told;                  /* value of done when queue_signal was last asked */
	const char *fault;              /* what is wrong with the ring; NULL: nothing */
	unsigned long fault_value;
};

struct buffer {
	uint8_t *bytes;
	uint32_t size;
	uint16_t head;                  /* the descriptor */
	bool offload;                   /* NET_OFFLOAD, with the size of a segment's data */
	uint16_t segment;
	bool more;                      /* NET_MORE */
};

enum queue_state { QUEUE_EMPTY, QUEUE_READY, QUEUE_DAMAGED };

/* the next buffer; the same one until queue_done */
enum queue_state queue_next(struct queue *queue, struct buffer *buffer);

/* the buffer that many after the next one */
enum queue_state queue_ahead(struct queue *queue, uint16_t after, struct buffer *buffer);

/* the same for one that continues the frame of the one before it */
enum queue_state queue_part(struct queue *queue, uint16_t after, struct buffer *buffer);

/* notes what is wrong with it; QUEUE_DAMAGED */
enum queue_state queue_damaged(struct queue *queue, const char *fault, unsigned long value);

/* returns the next buffer, with that many bytes written to it */
void queue_done(struct queue *queue, const struct buffer *buffer, uint32_t written);

/* true if there is a buffer that has not been returned */
bool queue_has_news(struct queue *queue);

/* asks the guest to kick when it adds a buffer; true if there is one by now */
bool queue_arm(struct queue *queue);

/* asks it not to kick */
void queue_disarm(struct queue *queue);

/* true if the guest wants a signal for buffers returned since the last call */
bool queue_signal(struct queue *queue);

/* true if the guest sleeps until a buffer is returned that hasn't been yet */
bool queue_guest_waits(const struct queue *queue);

#endif
