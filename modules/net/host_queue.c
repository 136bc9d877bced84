/* SPDX-License-Identifier: ISC */
/*
 * net/host_queue.c -- takes buffers from a ring that a hostile guest may change at any time
 *
 * Every value of the guest is loaded once, checked, and used only as loaded. A
 * ring in a state that the guest half can't produce is damaged: the caller ends
 * the guest.
 */
#include "queue.h"

enum queue_state queue_damaged(struct queue *queue, const char *fault, unsigned long value)
{
	queue->fault = fault;
	queue->fault_value = value;
	return QUEUE_DAMAGED;
}

static inline __attribute__((always_inline)) enum queue_state take(struct queue *queue, uint16_t after, struct buffer *buffer, bool is_part)
{
	const struct net_queue *ring = queue->ring;
	uint16_t waiting = (uint16_t)(ring_load(&ring->available.index) - queue->done), head;
	const struct vring_desc *descriptor;
	uint64_t address;
	uint32_t size, least = is_part ? 1 : queue->least, most = is_part ? NET_LARGEST : queue->most;
	uint16_t flags;

	if (waiting > NET_RING_SIZE)
		return queue_damaged(queue, "buffer count out of range:", waiting);
	if (waiting <= after)
		return QUEUE_EMPTY;
	head = ring_load(&ring->available.ring[(uint16_t)(queue->done + after) % NET_RING_SIZE]);
	if (head >= NET_RING_SIZE)
		return queue_damaged(queue, "descriptor index out of range:", head);
	descriptor = &ring->descriptors[head];
	address = ring_load(&descriptor->addr);
	size = ring_load(&descriptor->len);
	flags = ring_load(&descriptor->flags);
	if (OFFLOADS) {
		buffer->offload = queue->offloads && !is_part && flags & NET_OFFLOAD;
		buffer->segment = buffer->offload ? ring_load(&descriptor->next) : 0;
		buffer->more = (buffer->offload || is_part) && flags & NET_MORE;
		flags &= (uint16_t)~((buffer->offload ? NET_OFFLOAD : 0) | (buffer->more ? NET_MORE : 0));
		if (buffer->segment)
			most = NET_LARGEST;
	}
	if (flags != (queue->write ? VRING_DESC_F_WRITE : 0))
		return queue_damaged(queue, "wrong descriptor flags:", flags);
	if (size < least || size > most)
		return queue_damaged(queue, "buffer size out of range:", size);
	buffer->bytes = guest_memory(address, size, queue->write);
	if (!buffer->bytes)
		return queue_damaged(queue, "buffer address out of reach:", address);
	buffer->size = size;
	buffer->head = head;
	return QUEUE_READY;
}

enum queue_state queue_next(struct queue *queue, struct buffer *buffer)
{
	return take(queue, 0, buffer, false);
}

enum queue_state queue_ahead(struct queue *queue, uint16_t after, struct buffer *buffer)
{
	return take(queue, after, buffer, false);
}

enum queue_state queue_part(struct queue *queue, uint16_t after, struct buffer *buffer)
{
	return take(queue, after, buffer, true);
}

void queue_done(struct queue *queue, const struct buffer *buffer, uint32_t written)
{
	struct net_queue *ring = queue->ring;

	ring->used.ring[queue->done % NET_RING_SIZE] = (struct vring_used_elem){.id = buffer->head, .len = written};
	ring_store(&ring->used.index, ++queue->done);
}

bool queue_has_news(struct queue *queue)
{
	return ring_load(&queue->ring->available.index) != queue->done;
}

bool queue_arm(struct queue *queue)
{
	ring_store(&queue->ring->used.available_event, queue->done);
	ring_barrier();
	return queue_has_news(queue);
}

void queue_disarm(struct queue *queue)
{
	ring_store(&queue->ring->used.available_event, (uint16_t)(queue->done - 1));
}

bool queue_signal(struct queue *queue)
{
	uint16_t told = queue->told;

	if (told == queue->done)
		return false;
	queue->told = queue->done;
	ring_barrier();
	return vring_need_event(ring_load(&queue->ring->available.used_event), queue->done, told);
}

bool queue_guest_waits(const struct queue *queue)
{
	uint16_t event = ring_load(&queue->ring->available.used_event);
	uint16_t waiting = (uint16_t)(ring_load(&queue->ring->available.index) - queue->done);

	return (uint16_t)(event - queue->done) < waiting;
}
