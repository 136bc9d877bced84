/* SPDX-License-Identifier: ISC */
/*
 * timers.c -- lwIP's own timers, without those of DHCP and DNS: lease.c and dns.c run these
 *
 * TCP's timer pauses while all connections are in TIME-WAIT, until the first of them ends or a
 * frame comes. Otherwise a server would wake up twenty times a second for two minutes after
 * each request, and a thousand servers would keep a processor busy with that.
 */
#include "lwip/opt.h"

#undef LWIP_DHCP
#define LWIP_DHCP 0
#undef LWIP_DNS
#define LWIP_DNS 0

/* lwIP's own, which nobody calls: the linker drops it */
#define tcp_timer_needed tcp_timer_of_lwip
/* found from lwIP's folder of headers */
#include "../core/timeouts.c"
#undef tcp_timer_needed

#include <stdbool.h>

#include "timers.h"

static const u32_t time_wait = 2 * TCP_MSL / TCP_SLOW_INTERVAL;         /* in ticks of TCP's clock */

static bool runs, paused;
static u32_t paused_at;

static void tick(void *unused);

static void pause_begin(u32_t ticks)
{
	paused = true;
	paused_at = sys_now();
	sys_timeout(ticks * TCP_SLOW_INTERVAL, tick, NULL);
}

/* sets TCP's clock to what it would be without the pause */
static void pause_end(void)
{
	static u32_t rest;      /* ms of earlier pauses that were no whole tick */
	u32_t passed = sys_now() - paused_at + rest;

	tcp_ticks += passed / TCP_SLOW_INTERVAL;
	rest = passed % TCP_SLOW_INTERVAL;
	paused = false;
}

/* ticks until the first connection's TIME-WAIT has passed */
static u32_t ticks_left(void)
{
	u32_t least = time_wait;

	for (const struct tcp_pcb *pcb = tcp_tw_pcbs; pcb; pcb = pcb->next) {
		u32_t age = tcp_ticks - pcb->tmr;

		if (age >= time_wait)
			return 0;
		if (time_wait - age < least)
			least = time_wait - age;
	}
	return least;
}

static void tick(void *unused)
{
	u32_t left;

	if (paused)
		pause_end();
	tcp_tmr();
	runs = tcp_active_pcbs || tcp_tw_pcbs;
	left = tcp_active_pcbs ? 0 : ticks_left();
	if (runs && left)
		pause_begin(left);
	else if (runs)
		sys_timeout(TCP_TMR_INTERVAL, tick, unused);
}

void tcp_timer_resume(void)
{
	if (!paused)
		return;
	sys_untimeout(tick, NULL);
	pause_end();
	sys_timeout(TCP_TMR_INTERVAL, tick, NULL);
}

void tcp_timer_needed(void)
{
	tcp_timer_resume();
	if (!runs)
		sys_timeout(TCP_TMR_INTERVAL, tick, NULL);
	runs = true;
}
