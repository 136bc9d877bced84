/* SPDX-License-Identifier: ISC */
/*
 * interface.c -- network devices as interfaces of lwIP, and the loop that serves them
 *
 * What is sent is put together in the device's ring. What was received may
 * stay in its ring for a while: received.c.
 */
#include "uk_lwip.h"

#include <string.h>
#include <uk.h>

#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/pbuf.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"

#include "cookie.h"
#include "interface.h"
#include "ipv6.h"
#include "lease.h"
#include "lease6.h"
#include "offload.h"
#include "received.h"
#include "lwip_config.h"
#include "timers.h"

enum {
	BATCH = 64,             /* frames between two looks at the timers */
};

static solo5_handle_t handle_of(const struct netif *netif)
{
	return (solo5_handle_t)(uintptr_t)netif->state;
}

/* takes one frame, or a part of one, out of the ring; false if there is none, or nowhere to put it */
static bool receive(struct netif *netif)
{
	solo5_handle_t handle = handle_of(netif);
	struct pbuf *packet;
	bool is_summed;

	if (!received_take(handle, &packet, &is_summed))
		return false;
	if (!packet)
		return true;
	tcp_timer_resume();
	if (CONFIG_LWIP_OFFLOAD)
		offload_check(netif, !is_summed);
	if (netif->input(packet, netif) != ERR_OK)
		pbuf_free(packet);
	if (CONFIG_LWIP_OFFLOAD)
		offload_check(netif, false);
	cookie_answer();
	return true;
}

static err_t send(struct netif *netif, struct pbuf *pbuf)
{
	uint8_t bytes[FRAME_MOST], *frame;
	solo5_result_t result;

	if (CONFIG_LWIP_OFFLOAD && uk_net_offloads(handle_of(netif)) && offload_send(handle_of(netif), pbuf, &result))
		return result == SOLO5_R_OK ? ERR_OK : ERR_IF;
	if (pbuf->tot_len > sizeof(bytes))
		return ERR_BUF;
	result = uk_net_reserve(handle_of(netif), &frame);
	if (result == SOLO5_R_OK) {
		pbuf_copy_partial(pbuf, frame, pbuf->tot_len, 0);
		result = uk_net_commit(handle_of(netif), pbuf->tot_len);
	} else if (result == SOLO5_R_AGAIN) {
		/* the ring is full: this waits for room */
		pbuf_copy_partial(pbuf, bytes, pbuf->tot_len, 0);
		result = solo5_net_write(handle_of(netif), bytes, pbuf->tot_len);
	}
	return result == SOLO5_R_OK ? ERR_OK : ERR_IF;
}

static err_t interface_init(struct netif *netif)
{
	netif->name[0] = 'n';
	netif->name[1] = 'e';
	netif->output = etharp_output;
	netif->linkoutput = send;
	netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
	if (LWIP_IPV6)
		ipv6_interface_init(netif);
	return ERR_OK;
}

static bool is_device(const struct netif *netif)
{
	return netif->linkoutput == send;
}

err_t interface_add(struct netif *netif, const char *device, const struct uk_lwip_address *address)
{
	static const struct uk_lwip_address unknown;
	static bool started;
	const struct uk_lwip_address *at = address ? address : &unknown;
	struct solo5_net_info info;
	solo5_handle_t handle;
	struct netif *loop;

	if (solo5_net_acquire(device, &handle, &info) != SOLO5_R_OK)
		return ERR_ARG;
	if (!started) {
		lwip_init();
		/* lwIP's own, for addresses of our own, would go without any checksum */
		NETIF_FOREACH(loop)
			NETIF_SET_CHECKSUM_CTRL(loop, NETIF_CHECKSUM_ENABLE_ALL);
		lease_start();
	}
	started = true;
	netif_add(netif, &at->address, &at->netmask, &at->gateway, (void *)(uintptr_t)handle, interface_init, ethernet_input);
	if (CONFIG_LWIP_OFFLOAD)
		offload_begin(netif, handle);
	netif->mtu = (u16_t)(info.mtu < FRAME_MTU ? info.mtu : FRAME_MTU);
	netif->hwaddr_len = SOLO5_NET_ALEN;
	memcpy(netif->hwaddr, info.mac_address, SOLO5_NET_ALEN);
	if (!netif_default)
		netif_set_default(netif);
	netif_set_up(netif);
	return ERR_OK;
}

err_t uk_lwip_add(struct netif *netif, const char *device, const struct uk_lwip_address *address)
{
	err_t error = interface_add(netif, device, address);

	if (LWIP_IPV6 && error == ERR_OK)
		ipv6_begin(netif, NULL, NULL);
	return address || error != ERR_OK ? error : lease_seek(netif);
}

u32_t sys_now(void)
{
	return (u32_t)(solo5_clock_monotonic() / 1000000);
}

/* what is behind the device may go and come back: lwIP then announces its address, or asks for one, again */
static void link_follow(struct netif *netif)
{
	bool up = uk_net_is_up(handle_of(netif));

	if (up && !netif_is_link_up(netif)) {
		netif_set_link_up(netif);
		if (CONFIG_LWIP_DHCP6)
			lease6_link_up(netif);
	} else if (!up && netif_is_link_up(netif)) {
		netif_set_link_down(netif);
	}
}

bool uk_lwip_move(void)
{
	struct netif *netif;
	bool came = false;

	tcp_timer_sync();
	NETIF_FOREACH(netif) {
		/* what was sent to addresses of our own */
		if (netif->loop_first) {
			came = true;
			tcp_timer_resume();
			netif_poll(netif);
		}
		if (!is_device(netif))
			continue;
		link_follow(netif);
		if (CONFIG_LWIP_OFFLOAD)
			uk_net_reclaim(handle_of(netif));
		for (unsigned i = 0; i < BATCH && receive(netif); i++)
			came = true;
	}
	sys_check_timeouts();
	if (CONFIG_LWIP_OFFLOAD)
		offload_push();
	return came;
}

/* a caller that waits for something may have it now, so that nothing sleeps after a frame came */
void uk_lwip_poll(solo5_time_t deadline)
{
	solo5_time_t timer;
	u32_t sleep;

	if (uk_lwip_move() || !deadline)
		return;
	tcp_timer_look();
	sleep = sys_timeouts_sleeptime();
	timer = sleep == SYS_TIMEOUTS_SLEEPTIME_INFINITE ? deadline : solo5_clock_monotonic() + sleep * (solo5_time_t)1000000;
	solo5_yield(timer < deadline ? timer : deadline, NULL);
	tcp_timer_sync();
}
