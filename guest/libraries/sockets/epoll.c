/* SPDX-License-Identifier: ISC */
/*
 * epoll.c -- epoll(7) of sockets, and of other instances
 *
 * An interest that may have something is in its instance's queue. Sockets put it
 * there when something changes; a wait takes out those that have nothing, and
 * those that are told of edges only. So a wait costs what is ready, not what is open.
 * An instance that others watch tells these; how deep that goes is limited, and it never comes back.
 */
#include <fcntl.h>
#include <poll.h>
#include <solo5.h>
#include <stdlib.h>
#include <sys/epoll.h>

#include "../libc/calls/clock.h"
#include "../libc/calls/signals_outside.h"

#include "socket.h"

enum { LEVELS = 5 };    /* of instances that watch each other, as on Linux */

struct interest {
	struct watch watch;     /* first */
	struct epoll *epoll;
	struct interest *next;  /* of the same instance */
	struct interest *queue_next;
	struct file *file;      /* a socket or an instance */
	int descriptor;
	bool queued;
	uint32_t events;        /* 0: of EPOLLONESHOT, and it was told */
	epoll_data_t data;
};

struct epoll {
	struct file file;       /* first */
	struct interest *interests;
	struct interest *queue_first, *queue_last;
	struct watch *watches;
};

static const struct kind epoll_kind;

static struct epoll *epoll_of(struct file *file)
{
	return file->kind == &epoll_kind ? (struct epoll *)file : NULL;
}

static struct watch **watches_of(struct file *file)
{
	return epoll_of(file) ? &epoll_of(file)->watches : &((struct socket *)file)->watches;
}

static void queue_add(struct interest *interest)
{
	struct epoll *epoll = interest->epoll;

	interest->queued = true;
	interest->queue_next = NULL;
	if (epoll->queue_last)
		epoll->queue_last->queue_next = interest;
	else
		epoll->queue_first = interest;
	epoll->queue_last = interest;
}

static struct interest *queue_take(struct epoll *epoll)
{
	struct interest *interest = epoll->queue_first;

	epoll->queue_first = interest->queue_next;
	if (!epoll->queue_first)
		epoll->queue_last = NULL;
	interest->queued = false;
	return interest;
}

static void queue_remove(struct interest *interest)
{
	struct interest *first = interest->epoll->queue_first, *next;

	interest->epoll->queue_first = interest->epoll->queue_last = NULL;
	for (; first; first = next) {
		next = first->queue_next;
		first->queued = false;
		if (first != interest)
			queue_add(first);
	}
}

/* the numbers of EPOLL... are those of POLL... */
static uint32_t interest_ready(const struct interest *interest)
{
	return interest->file->kind->ready(interest->file) & (interest->events | EPOLLERR | EPOLLHUP);
}

static void changed(struct watch *watch)
{
	struct interest *interest = (struct interest *)watch;

	if (!interest->events || (interest->queued && !interest->epoll->watches) || !interest_ready(interest))
		return;
	if (!interest->queued)
		queue_add(interest);
	for (struct watch *outer = interest->epoll->watches; outer; outer = outer->next)
		outer->changed(outer);
}

/* it is new, or what it asks for */
static void renewed(struct interest *interest)
{
	if (!interest->queued)
		changed(&interest->watch);
}

/* what is watched knows it no longer */
static void interest_free(struct watch *watch)
{
	struct interest *interest = (struct interest *)watch, **link = &interest->epoll->interests;

	if (interest->queued)
		queue_remove(interest);
	while (*link != interest)
		link = &(*link)->next;
	*link = interest->next;
	free(interest);
}

static void interest_end(struct interest *interest)
{
	struct watch **link = watches_of(interest->file);

	while (*link != &interest->watch)
		link = &(*link)->next;
	*link = interest->watch.next;
	interest_free(&interest->watch);
}

/* takes out those that have nothing: what they have next is an edge to those who watch the instance */
static unsigned epoll_ready(struct file *file)
{
	struct epoll *epoll = (struct epoll *)file;

	while (epoll->queue_first && !interest_ready(epoll->queue_first))
		queue_take(epoll);
	return epoll->queue_first ? POLLIN | POLLRDNORM : 0;
}

static long epoll_close(struct file *file)
{
	struct epoll *epoll = (struct epoll *)file;

	watches_drop(&epoll->watches);
	while (epoll->interests)
		interest_end(epoll->interests);
	free(epoll);
	return 0;
}

static const struct kind epoll_kind = {
	.mode = 0600,
	.ready = epoll_ready,
	.close = epoll_close,
};

long guest_sys_epoll_create1(long flags)
{
	struct epoll *epoll;
	long descriptor;

	if (flags & ~(long)EPOLL_CLOEXEC)
		return -EINVAL;
	epoll = calloc(1, sizeof(*epoll));
	if (!epoll)
		return -ENOMEM;
	epoll->file = (struct file){.kind = &epoll_kind, .flags = O_RDWR};
	descriptor = descriptor_add(&epoll->file, 0, flags & EPOLL_CLOEXEC ? O_CLOEXEC : 0);
	if (descriptor < 0)
		free(epoll);
	return descriptor;
}

/* how many instances are watched below one another, it included; more than LEVELS if it watches the other, or too many */
static int levels_below(struct epoll *epoll, const struct epoll *other, int level)
{
	int most = 1;

	if (epoll == other || level > LEVELS)
		return LEVELS + 1;
	for (struct interest *interest = epoll->interests; interest; interest = interest->next)
		if (epoll_of(interest->file)) {
			int below = 1 + levels_below(epoll_of(interest->file), other, level + 1);

			most = below > most ? below : most;
		}
	return most;
}

/* the same of those that watch it */
static int levels_above(const struct epoll *epoll)
{
	int most = 1;

	for (const struct watch *watch = epoll->watches; watch; watch = watch->next) {
		int above = 1 + levels_above(((const struct interest *)watch)->epoll);

		most = above > most ? above : most;
	}
	return most;
}

static long interest_add(struct epoll *epoll, struct file *file, long descriptor, const struct epoll_event *event)
{
	struct epoll *inner = epoll_of(file);
	struct interest *interest;

	if (inner && levels_below(inner, epoll, 1) + levels_above(epoll) > LEVELS)
		return -ELOOP;
	interest = malloc(sizeof(*interest));
	if (!interest)
		return -ENOMEM;
	*interest = (struct interest){
		.watch = {.next = *watches_of(file), .changed = changed, .gone = interest_free},
		.epoll = epoll,
		.next = epoll->interests,
		.file = file,
		.descriptor = (int)descriptor,
		.events = event->events | EPOLLERR | EPOLLHUP,
		.data = event->data,
	};
	*watches_of(file) = &interest->watch;
	epoll->interests = interest;
	renewed(interest);
	return 0;
}

static struct interest *interest_find(struct file *file, const struct epoll *epoll, long descriptor)
{
	for (struct watch *watch = *watches_of(file); watch; watch = watch->next) {
		struct interest *interest = (struct interest *)watch;

		if (interest->epoll == epoll && interest->descriptor == descriptor)
			return interest;
	}
	return NULL;
}

long guest_sys_epoll_ctl(long instance, long operation, long descriptor, const struct epoll_event *event)
{
	struct file *file = descriptor_file(instance), *other = descriptor_file(descriptor);
	struct interest *interest;

	if (!file || !other)
		return -EBADF;
	if (!S_ISSOCK(other->kind->mode) && !epoll_of(other))
		return -EPERM;
	if (file->kind != &epoll_kind || other == file)
		return -EINVAL;
	/* as on Linux, that can't be changed */
	if (operation == EPOLL_CTL_MOD && event->events & EPOLLEXCLUSIVE)
		return -EINVAL;
	/* nor does it wake one of several, if it is an instance's */
	if (operation == EPOLL_CTL_ADD && event->events & EPOLLEXCLUSIVE && epoll_of(other))
		return -EINVAL;
	interest = interest_find(other, (struct epoll *)file, descriptor);
	switch (operation) {
	case EPOLL_CTL_ADD:
		return interest ? -EEXIST : interest_add((struct epoll *)file, other, descriptor, event);
	case EPOLL_CTL_MOD:
		if (!interest)
			return -ENOENT;
		if (interest->events & EPOLLEXCLUSIVE)
			return -EINVAL;
		interest->events = event->events | EPOLLERR | EPOLLHUP;
		interest->data = event->data;
		renewed(interest);
		return 0;
	case EPOLL_CTL_DEL:
		if (!interest)
			return -ENOENT;
		interest_end(interest);
		return 0;
	}
	return -EINVAL;
}

/* memory that one connection frees is room for others, which nobody tells */
static void full_look(struct epoll *epoll)
{
	for (struct interest *interest = epoll->interests; interest; interest = interest->next) {
		struct epoll *inner = epoll_of(interest->file);
		struct socket *socket = (struct socket *)interest->file;

		if (inner) {
			full_look(inner);
		} else if (socket->full && interest->events & EPOLLOUT && interest_ready(interest) & EPOLLOUT) {
			socket->full = false;
			changed(&interest->watch);
		}
	}
}

/* looks once at each interest of the queue, up to the last one that is there now */
static long collect(struct epoll *epoll, struct epoll_event *events, long most)
{
	struct interest *last = epoll->queue_last, *interest = NULL;
	long count = 0;

	while (epoll->queue_first && interest != last && count < most) {
		uint32_t ready;

		interest = queue_take(epoll);
		ready = interest_ready(interest);
		if (!ready)
			continue;
		events[count++] = (struct epoll_event){.events = ready, .data = interest->data};
		if (interest->events & EPOLLONESHOT)
			interest->events = 0;
		else if (!(interest->events & EPOLLET))
			queue_add(interest);
	}
	return count;
}

/* a handler that ran ends it, whatever its flags; one that ran meanwhile may have closed the instance */
static long collect_wait(struct file *file, long instance, struct epoll_event *events, long most, uint64_t end)
{
	struct epoll *epoll = (struct epoll *)file;
	int signal = clock_look();
	long count;

	if (signal != SIGNALS_NONE && descriptor_file(instance) != file)
		return -EINTR;
	while (!(count = collect(epoll, events, most)) && (end == CLOCK_NEVER || solo5_clock_monotonic() < end)) {
		if (signal != SIGNALS_NONE || clock_wait(end) != SIGNALS_NONE)
			return -EINTR;
		full_look(epoll);
	}
	return count;
}

/* with another mask of signals meanwhile; NULL: the same. Without signals from outside there is nothing to mask. */
long guest_sys_epoll_pwait(long instance, struct epoll_event *events, long most, long milliseconds, const uint64_t *mask)
{
	struct file *file = descriptor_file(instance);
	int timeout = (int)milliseconds;
	uint64_t end = timeout < 0 ? CLOCK_NEVER : solo5_clock_monotonic() + (uint64_t)timeout * (SECOND / 1000), before;
	long count;

	if ((int)most <= 0)
		return -EINVAL;
	if (!file)
		return -EBADF;
	if (file->kind != &epoll_kind)
		return -EINVAL;
	if (!mask || !guest_signals_swap)
		return collect_wait(file, instance, events, (int)most, end);
	before = guest_signals_swap(*mask);
	count = collect_wait(file, instance, events, (int)most, end);
	guest_signals_swap(before);
	return count;
}
