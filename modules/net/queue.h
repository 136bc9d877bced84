/* SPDX-License-Identifier: ISC */
/* net/queue.h -- the monitor's side of one ring: buffers are taken in the guest's order and given back in the same */
#ifndef NET_QUEUE_H
#define NET_QUEUE_H

#include "core.h"
#include "ring.h"

struct queue {
	struct net_queue *ring;         /* in guest memory: anything in it may change at any time */
	bool write;                     /* the monitor writes into the buffers */
	uint32_t least, most;           /* bytes that a buffer may have */
	uint16_t done;                  /* buffers given back, modulo 2^16: what used.index is */
	uint16_t told;                  /* value of done when queue_signal was last asked */
	const char *fault;              /* what is wrong with the ring, and with which value */
	unsigned long fault_value;
};

struct buffer {
	uint8_t *bytes;
	uint32_t size;
	uint16_t head;                  /* the descriptor */
};

enum queue_state { QUEUE_EMPTY, QUEUE_READY, QUEUE_DAMAGED };

/* the next buffer, which stays the next until queue_done */
enum queue_state queue_next(struct queue *queue, struct buffer *buffer);

/* gives the next buffer back, with so many bytes written into it */
void queue_done(struct queue *queue, const struct buffer *buffer, uint32_t written);

/* true if the guest added a buffer that is not given back */
bool queue_has_news(struct queue *queue);

/* has the guest kick when it adds a buffer; true if there is one by now */
bool queue_arm(struct queue *queue);

/* has it not kick, for as long as nobody waits for that */
void queue_disarm(struct queue *queue);

/* true if the guest wants to hear of what was done since this was last asked */
bool queue_signal(struct queue *queue);

/* true if the guest sleeps until a buffer comes back that it has yet to get back */
bool queue_guest_waits(const struct queue *queue);

#endif
