/* SPDX-License-Identifier: ISC */
/* poll.c -- waits until one of several files is ready, with a timeout */
#include <fcntl.h>
#include <poll.h>
#include <solo5.h>
#include <string.h>
#include <sys/select.h>

#include "clock.h"
#include "descriptor.h"
#include "input.h"
#include "signals_outside.h"

static unsigned file_ready(struct file *file)
{
	return file->kind->ready ? file->kind->ready(file) : POLLIN | POLLOUT;
}

/* the number of files with events */
static long polls_look(struct pollfd *polls, size_t count)
{
	long ready = 0;

	for (size_t i = 0; i < count; i++) {
		struct file *file = descriptor_file(polls[i].fd);

		polls[i].revents = 0;
		if (polls[i].fd < 0)
			continue;
		if (file)
			polls[i].revents = (short)(file_ready(file) & ((unsigned)polls[i].events | POLLERR | POLLHUP));
		else
			polls[i].revents = POLLNVAL;
		ready += polls[i].revents != 0;
	}
	return ready;
}

/* the monotonic time at which a wait ends; 0: an invalid timeout */
static long end_find(const struct timespec *timeout, uint64_t *end)
{
	uint64_t nanoseconds;

	*end = CLOCK_NEVER;
	if (!timeout)
		return 0;
	if (!clock_nanoseconds(timeout, &nanoseconds))
		return -EINVAL;
	*end = nanoseconds ? solo5_clock_monotonic() + nanoseconds : 0;
	return 0;
}

/* a handler that ran ends it, whatever its flags; one that ran meanwhile may have closed files, which says nothing of the wait */
static long polls_wait(struct pollfd *polls, size_t count, uint64_t end)
{
	int signal = clock_look();
	long ready;

	while (!(ready = polls_look(polls, count)) && end && (end == CLOCK_NEVER || solo5_clock_monotonic() < end)) {
		if (signal != SIGNALS_NONE || clock_wait(end) != SIGNALS_NONE)
			return -EINTR;
	}
	return ready;
}

/* with another signal mask while it waits; NULL: unchanged. Without signals from outside there is nothing to mask. */
static long polls_wait_masked(struct pollfd *polls, size_t count, uint64_t end, const uint64_t *mask)
{
	uint64_t before;
	long result;

	if (!mask || !guest_signals_swap)
		return polls_wait(polls, count, end);
	before = guest_signals_swap(*mask);
	result = polls_wait(polls, count, end);
	guest_signals_swap(before);
	return result;
}

long guest_sys_ppoll(struct pollfd *polls, size_t count, const struct timespec *timeout, const uint64_t *mask)
{
	uint64_t end;
	long error = count > (size_t)guest_descriptors_count ? -EINVAL : end_find(timeout, &end);

	return error ? error : polls_wait_masked(polls, count, end, mask);
}

static int set_has(const fd_set *set, int descriptor)
{
	return set && FD_ISSET(descriptor, set);
}

/* keeps those of a set that are ready; returns their number */
static long set_answer(fd_set *set, const struct pollfd *polls, size_t count, short events)
{
	fd_set asked;
	long ready = 0;

	if (!set)
		return 0;
	asked = *set;
	FD_ZERO(set);
	for (size_t i = 0; i < count; i++)
		if (FD_ISSET(polls[i].fd, &asked) && polls[i].revents & events) {
			FD_SET(polls[i].fd, set);
			ready++;
		}
	return ready;
}

/* the last argument points to an address and a size, since a call has only six words */
struct mask_argument {
	const uint64_t *mask;
	size_t size;
};

long guest_sys_pselect6(long limit, fd_set *in, fd_set *out, fd_set *other, const struct timespec *timeout,
			const struct mask_argument *mask)
{
	struct pollfd polls[FD_SETSIZE];
	uint64_t end;
	size_t count = 0;
	long error = limit < 0 || limit > FD_SETSIZE ? -EINVAL : end_find(timeout, &end);

	for (int i = 0; i < limit && !error; i++) {
		short events = (short)((set_has(in, i) ? POLLIN : 0) | (set_has(out, i) ? POLLOUT : 0));

		if (!events && !set_has(other, i))
			continue;
		if (!descriptor_file(i))
			return -EBADF;
		polls[count++] = (struct pollfd){.fd = i, .events = events};
	}
	if (!error)
		error = polls_wait_masked(polls, count, end, mask ? mask->mask : NULL);
	if (error < 0)
		return error;
	return set_answer(in, polls, count, POLLIN | POLLHUP | POLLERR) + set_answer(out, polls, count, POLLOUT | POLLERR) +
		set_answer(other, polls, count, POLLPRI);
}
