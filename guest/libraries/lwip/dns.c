/* SPDX-License-Identifier: ISC */
/* dns.c -- lwIP's resolver, whose timer starts with the first query */
#include "lwip/dns.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"

static struct udp_pcb *block_get(u8_t type);

#undef udp_new_ip_type
#define udp_new_ip_type block_get
/* found from lwIP's folder of headers */
#include "../core/dns.c"
#undef udp_new_ip_type

static void tick(void *unused)
{
	sys_timeout(DNS_TMR_INTERVAL, tick, unused);
	dns_tmr();
}

static struct udp_pcb *block_get(u8_t type)
{
	static u8_t ticks;

	if (!ticks)
		sys_timeout(DNS_TMR_INTERVAL, tick, NULL);
	ticks = 1;
	return lwip_udp_new_ip_type(type);
}
