/* SPDX-License-Identifier: ISC */
/*
 * timers.c -- lwIP's own timers, without those of DHCP, DNS and MLD: lease.c, dns.c and ipv6.c run these
 *
 * TCP's timer pauses while nothing is under way in any connection: all of them are in TIME-WAIT, or
 * have nothing that was sent and not acknowledged, or is still to be sent or taken. The pause ends
 * when a frame comes, when something is under way again, or when the first connection has waited for
 * long enough. Otherwise a server would wake up twenty times a second while a client is connected, and
 * for two minutes after each request; a thousand servers would keep a processor busy with that.
 */
#include "lwip/opt.h"

#undef LWIP_DHCP
#define LWIP_DHCP 0
#undef LWIP_DNS
#define LWIP_DNS 0
#undef LWIP_IPV6_MLD
#define LWIP_IPV6_MLD 0

/* lwIP's own, which nobody calls: the linker drops it */
#undef tcp_timer_needed
#define tcp_timer_needed tcp_timer_of_lwip
/* found from lwIP's folder of headers */
#include "../core/timeouts.c"
#undef tcp_timer_needed
#define tcp_timer_needed lwip_tcp_timer_needed

#include <stdbool.h>

#include "ipv6.h"
#include "timers.h"

static const u32_t time_wait = 2 * TCP_MSL / TCP_SLOW_INTERVAL;         /* in ticks of TCP's clock */

static bool runs, paused;
static u32_t paused_at;         /* ms; of a time that tcp_ticks counts to */
static u32_t paused_until;      /* in ticks */
static u32_t rest;              /* ms of earlier pauses that were no whole tick */

static void tick(void *unused);

static void pause_begin(u32_t ticks)
{
	paused = true;
	paused_at = sys_now() - rest;
	paused_until = tcp_ticks + ticks;
	sys_timeout(ticks * TCP_SLOW_INTERVAL, tick, NULL);
}

/* an application that asked to be called every now and then */
static void polls_count(u32_t ticks)
{
	for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next) {
		u32_t polls = pcb->polltmr + ticks;

		pcb->polltmr = (u8_t)(polls < pcb->pollinterval ? polls : pcb->pollinterval);
	}
}

void tcp_timer_sync(void)
{
	u32_t now, ticks;

	if (LWIP_IPV6)
		ipv6_timer_look();
	if (!paused)
		return;
	now = sys_now();
	ticks = (now - paused_at) / TCP_SLOW_INTERVAL;
	if (!ticks)
		return;
	polls_count(ticks);
	tcp_ticks += ticks;
	paused_at += ticks * TCP_SLOW_INTERVAL;
}

static void pause_end(void)
{
	tcp_timer_sync();
	rest = sys_now() - paused_at;
	paused = false;
}

/* of so many, those until the connection's age is more than its most */
static u32_t ticks_until(const struct tcp_pcb *pcb, u32_t most, u32_t least)
{
	u32_t age = tcp_ticks - pcb->tmr;

	if (age > most)
		return 0;
	return most + 1 - age < least ? most + 1 - age : least;
}

/* segments, or a wait of lwIP's, are under way */
static bool is_busy(const struct tcp_pcb *pcb)
{
	return (pcb->state != ESTABLISHED && pcb->state != CLOSE_WAIT && pcb->state != FIN_WAIT_2) ||
		pcb->unsent || pcb->unacked || pcb->ooseq || pcb->refused_data || pcb->persist_backoff ||
		pcb->flags & (TF_ACK_DELAY | TF_ACK_NOW | TF_CLOSEPEND);
}

/* ticks until an active connection needs one, at most least */
static u32_t ticks_active(u32_t least)
{
	for (const struct tcp_pcb *pcb = tcp_active_pcbs; pcb && least; pcb = pcb->next) {
		if (is_busy(pcb))
			return 0;
		if (pcb->poll && (u32_t)(pcb->pollinterval - pcb->polltmr) < least)
			least = pcb->pollinterval > pcb->polltmr ? pcb->pollinterval - pcb->polltmr : 0;
		if (ip_get_option(pcb, SOF_KEEPALIVE) && pcb->state != FIN_WAIT_2)
			least = ticks_until(pcb, (pcb->keep_idle + pcb->keep_cnt_sent * pcb->keep_intvl) / TCP_SLOW_INTERVAL, least);
		if (pcb->state == FIN_WAIT_2 && pcb->flags & TF_RXCLOSED)
			least = ticks_until(pcb, TCP_FIN_WAIT_TIMEOUT / TCP_SLOW_INTERVAL, least);
	}
	return least;
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
	return ticks_active(least);
}

static void tick(void *unused)
{
	u32_t left;

	if (paused)
		pause_end();
	tcp_tmr();
	runs = tcp_active_pcbs || tcp_tw_pcbs;
	left = ticks_left();
	if (runs && left > 1)
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

/* the application may have sent, or closed, or asked for probes, since the pause began */
void tcp_timer_look(void)
{
	if (paused && (s32_t)(tcp_ticks + ticks_active(time_wait) - paused_until) < 0)
		tcp_timer_resume();
}

void tcp_timer_needed(void)
{
	tcp_timer_resume();
	if (!runs)
		sys_timeout(TCP_TMR_INTERVAL, tick, NULL);
	runs = true;
}
