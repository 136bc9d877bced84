/* SPDX-License-Identifier: ISC */
/* delay.h -- holds frames back for a time, in their order: what is on its way on a long wire */
#ifndef DELAY_H
#define DELAY_H

#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct delayed {
	struct delayed *next;
	int64_t due;            /* ms */
	size_t size;
	uint8_t frame[];
};

struct delay {
	struct delayed *first, **end;
};

static int64_t delay_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void delay_add(struct delay *delay, const void *frame, size_t size, unsigned ms)
{
	struct delayed *new = malloc(sizeof(*new) + size);

	if (!new)
		errx(1, "no memory for a frame");
	*new = (struct delayed){.due = delay_now() + ms, .size = size};
	memcpy(new->frame, frame, size);
	if (!delay->first)
		delay->end = &delay->first;
	*delay->end = new;
	delay->end = &new->next;
}

/* hands over what is due; ms until the next is, or -1 */
static int delay_send(struct delay *delay, void (*send)(const void *frame, size_t size))
{
	struct delayed *first;
	int64_t now = delay_now();

	while ((first = delay->first) && first->due <= now) {
		send(first->frame, first->size);
		delay->first = first->next;
		free(first);
	}
	return first ? (int)(first->due - now) : -1;
}

#endif
