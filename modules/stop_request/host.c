/* SPDX-License-Identifier: ISC */
/*
 * stop_request/host.c -- passes SIGTERM and SIGINT on to the guest, and ends it when the grace period is over
 *
 * Once the guest runs, everything happens in the signal handler, so that a guest in
 * an endless loop or in a hypercall that waits is ended in time, too.
 */
#include "core.h"

#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static uint64_t grace = CONFIG_STOP_REQUEST_GRACE;      /* seconds */
static volatile uint32_t *requested;                    /* in guest memory; NULL if the guest never looks */
static int timer;
static int first;                                       /* the first signal that arrived; 0: none yet */

void option_grace(unsigned device, const char *value)
{
	(void)device;
	grace = number_parse("grace", value, 0, 86400);
}

/* only the first signal counts, and the timer's, which has another si_code */
static void stop_signal(const siginfo_t *info)
{
	const struct itimerspec time = {.it_value.tv_sec = (time_t)grace};

	if (info->si_code == SI_TIMER)
		_exit(128 + first);
	if (first)
		return;
	first = info->si_signo;
	if (!requested || !grace)
		_exit(128 + first);
	*requested = (uint32_t)first;
	eventfd_write(FD_STOP_REQUEST, 1);
	syscall(SYS_timer_settime, timer, 0, &time, NULL);
}

/* by the system call: the C library's function brings threads */
void stop_request_setup(void)
{
	static const int signals[] = {SIGTERM, SIGINT};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGTERM};
	int wake = eventfd(0, EFD_CLOEXEC);

	if (wake < 0 || syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer))
		fail("a request to stop:");
	descriptor_place(wake, FD_STOP_REQUEST);
	wait_add(FD_STOP_REQUEST);
	requested = shared_memory(&shared_stop_request, sizeof(*requested));
	for (unsigned i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (!signal_is_ignored(signals[i]))
			signal_on(signals[i], stop_signal, SA_RESTART);
}
