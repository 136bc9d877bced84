/* SPDX-License-Identifier: ISC */
/*
 * guest_report/host.c -- prints where the guest is on SIGQUIT
 *
 * During a hypercall the handler prints, since the call may wait for long. While
 * guest code runs, the signal stops it first.
 */
#include "core.h"

#include "debug.h"

static volatile bool started, wanted;

static void report(void)
{
	message("SIGQUIT: the guest is");
	registers_show();
}

static void quit_signal(const siginfo_t *info)
{
	(void)info;
	if (started && !guest_is_running)
		report();
	else
		wanted = true;
}

void guest_report_take(void)
{
	if (!wanted)
		return;
	wanted = false;
	report();
}

void guest_report_setup(void)
{
	signal_on(SIGQUIT, quit_signal, SA_RESTART);
}

/* before the guest's start there are no registers to show */
void guest_report_start(void)
{
	started = true;
}
