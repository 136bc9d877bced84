/* SPDX-License-Identifier: ISC */
/*
 * fuzz_network.c -- lwIP as guests have it, with the peer of peer.c
 *
 * The guest has IPv4 and IPv6, an echo server of TCP whose queue has room for four,
 * and one of UDP.
 */
#include <stdlib.h>
#include <uk_lwip.h>

#include "lwip/priv/tcp_priv.h"
#include "lwip/udp.h"

#include "peer.h"

enum { ECHO = 7, ECHO_DATAGRAMS = 9, BACKLOG = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static err_t received(void *argument, struct tcp_pcb *pcb, struct pbuf *data, err_t error)
{
	uint8_t bytes[2000];
	uint16_t size;

	(void)argument;
	(void)error;
	if (!data) {
		tcp_close(pcb);
		return ERR_OK;
	}
	size = pbuf_copy_partial(data, bytes, sizeof(bytes), 0);
	tcp_recved(pcb, data->tot_len);
	pbuf_free(data);
	/* twice, so that more is on its way than came */
	for (int i = 0; i < 2; i++)
		tcp_write(pcb, bytes, size, TCP_WRITE_FLAG_COPY);
	tcp_output(pcb);
	return ERR_OK;
}

static err_t accepted(void *argument, struct tcp_pcb *pcb, err_t error)
{
	(void)argument;
	if (error != ERR_OK || !pcb)
		return ERR_VAL;
	tcp_recv(pcb, received);
	return ERR_OK;
}

static void datagram_received(void *argument, struct udp_pcb *pcb, struct pbuf *data, const ip_addr_t *from, u16_t port)
{
	(void)argument;
	udp_sendto(pcb, data, from, port);
	pbuf_free(data);
}

static void start(void)
{
	static struct netif netif;
	static bool started;
	struct uk_lwip_arguments arguments = {.ip = "10.9.0.2/24", .gateway = "10.9.0.1", .ip6 = "fd00::2/64"};
	struct tcp_pcb *listener;
	struct udp_pcb *datagrams;

	if (started)
		return;
	started = true;
	if (uk_lwip_start(&netif, "service0", &arguments) != ERR_OK)
		abort();
	listener = tcp_new_ip_type(IPADDR_TYPE_ANY);
	tcp_bind(listener, IP_ANY_TYPE, ECHO);
	tcp_accept(tcp_listen_with_backlog(listener, BACKLOG), accepted);
	datagrams = udp_new_ip_type(IPADDR_TYPE_ANY);
	udp_bind(datagrams, IP_ANY_TYPE, ECHO_DATAGRAMS);
	udp_recv(datagrams, datagram_received, NULL);
	/* addresses of IPv6 are asked for first */
	for (int i = 0; i < 40; i++)
		uk_lwip_poll(peer_now + PEER_SECOND / 10);
	peer_forgotten();
	peer_memory_note();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	start();
	peer_known();
	input_begin(data, size);
	while (input_is_left()) {
		peer_turn();
		uk_lwip_move();
	}
	/* the next input finds no connection, and no fragment that waits */
	while (tcp_active_pcbs)
		tcp_abort(tcp_active_pcbs);
	while (tcp_tw_pcbs)
		tcp_abort(tcp_tw_pcbs);
	peer_forgotten();
	peer_memory_check();
	return 0;
}
