/* SPDX-License-Identifier: ISC */
/* wait.c -- the guest sleeps here until a deadline or an event of a device */
#include <poll.h>
#include <unistd.h>

#include "monitor.h"

enum {
	WAITS_MAX = 72,                 /* the most devices, and a few more */
	ROOM_LOOK = 100000000,          /* ns between polls while waiting for room to send */
	PAUSE_MOST = 100000000,         /* ns of one sleep: a signal may arrive just before it begins */
};

static struct pollfd waits[WAITS_MAX];
static bool is_event[WAITS_MAX];
static unsigned wait_count;

static unsigned wait_new(void)
{
	if (wait_count == WAITS_MAX)
		fail("more than %d descriptors to wait for", WAITS_MAX);
	return wait_count++;
}

void wait_add(int event)
{
	unsigned i = wait_new();

	waits[i] = (struct pollfd){.fd = event, .events = POLLIN};
	is_event[i] = true;
}

struct pollfd *wait_place(void)
{
	unsigned i = wait_new();

	waits[i].fd = -1;
	return &waits[i];
}

/* whether an entry waits for POLLOUT, which some hosts' devices don't always signal */
static bool room_is_awaited(void)
{
	bool awaited = false;

	for (unsigned i = 0; i < wait_count; i++)
		awaited |= waits[i].fd >= 0 && waits[i].events & POLLOUT;
	return awaited;
}

/* waits at most that many ns for an event; returns what ppoll returns */
static int wait_once(uint64_t time)
{
	const struct timespec timeout = {(time_t)(time / 1000000000), (long)(time % 1000000000)};

	return ppoll(waits, wait_count, &timeout, NULL);
}

/* resets signalled events; true if there were any */
static bool events_take(void)
{
	bool any = false;
	uint64_t count;

	for (unsigned i = 0; i < wait_count; i++) {
		if (!is_event[i] || !waits[i].revents)
			continue;
		if (read(waits[i].fd, &count, sizeof(count)) < 0)
			guest_end("an event to wait for was closed");
		any = true;
	}
	return any;
}

/*
 * RESULT_OK at the deadline, on the guest's monotonic clock. RESULT_AGAIN before
 * it, after an event or a signal: the guest then checks its devices, and calls
 * again if there is nothing.
 */
int64_t host_yield(uint64_t deadline)
{
	while (!hooks_idle()) {
		uint64_t now = time_now(), left = deadline > now ? deadline - now : 0;
		bool early = left > ROOM_LOOK && room_is_awaited();
		int came = wait_once(early ? ROOM_LOOK : left);

		if (came < 0)
			hooks_interrupt();
		if (came < 0 || (came && events_take()))
			return RESULT_AGAIN;
		if (!came && !early)
			return RESULT_OK;
		/* even if events keep coming that don't concern the guest */
		if (!left)
			return hooks_idle() ? RESULT_AGAIN : RESULT_OK;
	}
	return RESULT_AGAIN;
}

bool wait_pause(uint64_t time)
{
	uint64_t now = time_now(), end = now + time;

	for (; now < end && !guest_is_over; now = time_now()) {
		const struct timespec part = {.tv_nsec = (long)(end - now < PAUSE_MOST ? end - now : PAUSE_MOST)};

		ppoll(NULL, 0, &part, NULL);
		hooks_interrupt();
	}
	return !guest_is_over;
}
