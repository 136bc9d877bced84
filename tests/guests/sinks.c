/* SPDX-License-Identifier: ISC */
/*
 * sinks.c -- takes what clients of port 7 send, on its devices "one" (10.9.0.2) and "two" (10.8.0.2), and answers each with a checksum
 *
 * The checksum is the sum of all bytes, each times its place from 1 to 251, in 8 bytes, least first. A client is answered
 * once it has shut down its side.
 */
#include <lwip/tcp.h>
#include <solo5.h>
#include <uk_lwip.h>

enum { CLIENTS = 8 };

static struct client {
	uint64_t sum, count;
} clients[CLIENTS];
static unsigned accepted;

static err_t client_receive(void *argument, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
	struct client *client = argument;

	(void)error;
	if (!packet) {
		tcp_write(pcb, &client->sum, sizeof(client->sum), TCP_WRITE_FLAG_COPY);
		return tcp_close(pcb);
	}
	for (struct pbuf *part = packet; part; part = part->next)
		for (unsigned i = 0; i < part->len; i++)
			client->sum += ((uint8_t *)part->payload)[i] * (client->count++ % 251 + 1);
	tcp_recved(pcb, packet->tot_len);
	pbuf_free(packet);
	return ERR_OK;
}

static err_t client_accept(void *argument, struct tcp_pcb *pcb, err_t error)
{
	(void)argument;
	if (error != ERR_OK || accepted == CLIENTS)
		return ERR_VAL;
	tcp_arg(pcb, &clients[accepted++]);
	tcp_recv(pcb, client_receive);
	return ERR_OK;
}

static bool interface_add(struct netif *netif, const char *device, unsigned network)
{
	struct uk_lwip_address address = {0};

	IP4_ADDR(&address.address, 10, network, 0, 2);
	IP4_ADDR(&address.netmask, 255, 255, 255, 0);
	return uk_lwip_add(netif, device, &address) == ERR_OK;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	static struct netif one, two;
	struct tcp_pcb *listener;

	(void)info;
	if (!interface_add(&one, "one", 9) || !interface_add(&two, "two", 8))
		return 1;
	listener = tcp_new();
	tcp_bind(listener, IP_ADDR_ANY, 7);
	tcp_accept(tcp_listen(listener), client_accept);
	solo5_console_write("serving at port 7\n", 18);
	for (;;)
		uk_lwip_poll(UINT64_MAX);
}
