/* SPDX-License-Identifier: ISC */
/* datagram_connect.c -- local and remote addresses of UDP sockets */
#include "datagram.h"

#include "arch/cc.h"

#include "network.h"

/* the range of ports that bind chooses from, as on Linux */
enum { PORT_FIRST = 32768, PORT_LAST = 60999, TRIES = 64 };

static long port_bind(struct datagram *datagram, const ip_addr_t *ip, u16_t port)
{
	return udp_bind(datagram->pcb, ip, port) == ERR_OK ? 0 : -EADDRINUSE;
}

/* an unpredictable port: it helps to reject forged answers */
static long any_bind(struct datagram *datagram, const ip_addr_t *ip)
{
	for (int i = 0; i < TRIES; i++)
		if (!port_bind(datagram, ip, (u16_t)(PORT_FIRST + uk_lwip_random() % (PORT_LAST - PORT_FIRST + 1))))
			return 0;
	return port_bind(datagram, ip, 0);
}

long datagram_bind(struct socket *socket, const struct address *address)
{
	const ip_addr_t ip = socket_bound(socket, &address->ip);
	struct datagram *datagram = datagram_of(socket);
	long error;

	if (datagram->pcb->local_port)
		return -EINVAL;
	if (!network_has(&ip))
		return -EADDRNOTAVAIL;
	error = address->port ? port_bind(datagram, &ip, address->port) : any_bind(datagram, &ip);
	if (!error)
		datagram->bound = (struct address){ip, datagram->pcb->local_port};
	return error;
}

long datagram_port_need(struct datagram *datagram)
{
	const ip_addr_t any = socket_any(&datagram->socket);

	return datagram->pcb->local_port ? 0 : any_bind(datagram, &any);
}

/* a port that was chosen automatically is released, too: the control block is like a new one */
static long disconnect(struct datagram *datagram)
{
	struct udp_pcb *pcb = datagram->pcb;

	udp_disconnect(pcb);
	pcb->local_ip = datagram->bound.ip;
	if (datagram->bound.port)
		return 0;
	datagram->bound.ip = socket_any(&datagram->socket);
	datagram->pcb = udp_new_ip_type(IP_GET_TYPE(&datagram->bound.ip));
	if (!datagram->pcb) {
		datagram->pcb = pcb;
		return 0;
	}
	udp_recv(datagram->pcb, datagram_received, datagram);
	udp_remove(pcb);
	datagram->socket.protocol->options_apply(&datagram->socket);
	return 0;
}

long datagram_connect(struct socket *socket, const struct address *address, bool wait)
{
	struct datagram *datagram = datagram_of(socket);
	const ip_addr_t *to;
	long error;

	(void)wait;
	if (!address)
		return disconnect(datagram);
	to = network_target(&address->ip);
	error = datagram_may_send(datagram, to);
	if (!error)
		error = datagram_port_need(datagram);
	if (error)
		return error;
	if (ip_addr_isany(&datagram->pcb->local_ip))
		network_source(to, &datagram->pcb->local_ip);
	udp_connect(datagram->pcb, to, address->port);
	datagram_errors_start();
	return 0;
}
