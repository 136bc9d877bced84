/* SPDX-License-Identifier: ISC */
/* timer.c -- alarm and setitimer: SIGALRM, which is noticed when the program makes a call */
#include <errno.h>
#include <signal.h>
#include <solo5.h>
#include <sys/time.h>

#include "clock.h"
#include "signals.h"

static uint64_t next = CLOCK_NEVER, interval;

uint64_t guest_timer_next(void)
{
	return next;
}

/* several expirations give one signal, as on Linux */
void guest_timer_look(void)
{
	uint64_t now;

	if (next == CLOCK_NEVER)
		return;
	now = solo5_clock_monotonic();
	if (now < next)
		return;
	next = interval ? next + ((now - next) / interval + 1) * interval : CLOCK_NEVER;
	signals_pending |= signal_bit(SIGALRM);
}

static struct timeval timeval_of(uint64_t nanoseconds)
{
	return (struct timeval){.tv_sec = (time_t)(nanoseconds / SECOND), .tv_usec = (suseconds_t)(nanoseconds % SECOND / 1000)};
}

static int nanoseconds_of(const struct timeval *time, uint64_t *nanoseconds)
{
	if (time->tv_usec < 0 || time->tv_usec >= 1000000)
		return 0;
	return clock_nanoseconds(&(struct timespec){.tv_sec = time->tv_sec, .tv_nsec = time->tv_usec * 1000}, nanoseconds);
}

/* there are no timers of CPU time */
long guest_sys_getitimer(long which, struct itimerval *value)
{
	uint64_t now = solo5_clock_monotonic();

	if (which != ITIMER_REAL)
		return which == ITIMER_VIRTUAL || which == ITIMER_PROF ? -ENOSYS : -EINVAL;
	guest_signals_look();
	value->it_interval = timeval_of(interval);
	/* rounded up to a microsecond: 0 means that none is set */
	value->it_value = timeval_of(next == CLOCK_NEVER ? 0 : next > now + 1000 ? next - now : 1000);
	return 0;
}

long guest_sys_setitimer(long which, const struct itimerval *new, struct itimerval *old)
{
	struct itimerval before;
	uint64_t first, again;
	long error = guest_sys_getitimer(which, &before);

	if (error)
		return error;
	if (!nanoseconds_of(&new->it_value, &first) || !nanoseconds_of(&new->it_interval, &again))
		return -EINVAL;
	if (old)
		*old = before;
	next = first ? solo5_clock_monotonic() + first : CLOCK_NEVER;
	interval = again;
	return 0;
}
