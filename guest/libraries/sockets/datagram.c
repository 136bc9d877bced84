/* SPDX-License-Identifier: ISC */
/* datagram.c -- UDP sockets: creation, readiness, closing */
#include "datagram.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>

#include "network.h"

static const struct protocol datagram_protocol;
static const struct kind datagram_kind;

static void datagram_free(struct datagram *datagram)
{
	if (datagram->pcb)
		udp_remove(datagram->pcb);
	datagram_drop(datagram);
	free(datagram);
}

static struct datagram *datagram_make(int family)
{
	struct datagram *datagram = calloc(1, sizeof(*datagram));

	if (!datagram)
		return NULL;
	datagram->socket = (struct socket){.file.kind = &datagram_kind, .protocol = &datagram_protocol, .family = family};
	datagram->bound.ip = socket_any(&datagram->socket);
	datagram->pcb = udp_new_ip_type(IP_GET_TYPE(&datagram->bound.ip));
	if (datagram->pcb) {
		udp_recv(datagram->pcb, datagram_received, datagram);
		return datagram;
	}
	datagram_free(datagram);
	return NULL;
}

long guest_sys_socket_datagram(long family, long type, long protocol)
{
	struct datagram *datagram;
	long descriptor = socket_begin(family, type, protocol, IPPROTO_UDP);

	if (descriptor)
		return descriptor;
	datagram = datagram_make((int)family);
	if (!datagram)
		return -ENOBUFS;
	descriptor = socket_add(&datagram->socket, (int)type);
	if (descriptor < 0)
		datagram_free(datagram);
	return descriptor;
}

static unsigned datagram_ready(struct file *file)
{
	const struct datagram *datagram = (struct datagram *)file;
	unsigned ready = POLLOUT | POLLWRNORM;

	if (datagram->socket.error)
		ready |= POLLERR;
	if (datagram->in_ended)
		ready |= POLLIN | POLLRDNORM | POLLRDHUP;
	if (datagram->in_ended && datagram->out_ended)
		ready |= POLLHUP;
	if (datagram->first)
		ready |= POLLIN | POLLRDNORM;
	return ready;
}

static long datagram_read(struct file *file, const struct iovec *parts, int count)
{
	struct arrival arrival;
	int flags = 0;

	return !parts_size(parts, count) ? 0 : datagram_receive((struct socket *)file, parts, count, &flags, &arrival);
}

static long datagram_write(struct file *file, const struct iovec *parts, int count)
{
	return !count ? 0 : datagram_send((struct socket *)file, parts, count, 0, NULL, NULL);
}

/* as on Linux, an unconnected socket returns an error, but is shut down */
static long datagram_shut_down(struct socket *socket, bool in, bool out)
{
	struct datagram *datagram = datagram_of(socket);

	datagram->in_ended |= in;
	datagram->out_ended |= out;
	socket_changed(socket);
	return datagram_is_connected(datagram) ? 0 : -ENOTCONN;
}

static long datagram_local(struct socket *socket, struct address *address)
{
	const struct udp_pcb *pcb = datagram_of(socket)->pcb;

	*address = (struct address){pcb->local_ip, pcb->local_port};
	return 0;
}

static long datagram_remote(struct socket *socket, struct address *address)
{
	const struct udp_pcb *pcb = datagram_of(socket)->pcb;

	*address = (struct address){pcb->remote_ip, pcb->remote_port};
	return datagram_is_connected(datagram_of(socket)) ? 0 : -ENOTCONN;
}

static long datagram_waiting(struct socket *socket)
{
	const struct packet *first = datagram_of(socket)->first;

	return first ? (long)first->bytes.size : 0;
}

/* what was sent is the network's */
static long datagram_unsent(struct socket *socket)
{
	(void)socket;
	return 0;
}

static long datagram_option_set(struct socket *socket, int option, int value)
{
	(void)socket;
	(void)option;
	(void)value;
	return -ENOPROTOOPT;
}

static long datagram_option_get(struct socket *socket, int option, int *value)
{
	return datagram_option_set(socket, option, *value);
}

static void datagram_options_apply(struct socket *socket)
{
	struct udp_pcb *pcb = datagram_of(socket)->pcb;

	pcb->so_options = (u8_t)socket->options;
	pcb->ttl = socket->time_to_live ? socket->time_to_live : UDP_TTL;
	pcb->tos = socket->service;
}

static long datagram_close(struct file *file)
{
	watches_drop(&((struct socket *)file)->watches);
	datagram_free((struct datagram *)file);
	return 0;
}

static const struct protocol datagram_protocol = {
	.type = SOCK_DGRAM,
	.number = IPPROTO_UDP,
	.bind = datagram_bind,
	.connect = datagram_connect,
	.send = datagram_send,
	.receive = datagram_receive,
	.shut_down = datagram_shut_down,
	.local = datagram_local,
	.remote = datagram_remote,
	.waiting = datagram_waiting,
	.unsent = datagram_unsent,
	.option_set = datagram_option_set,
	.option_get = datagram_option_get,
	.options_apply = datagram_options_apply,
};

static const struct kind datagram_kind = {
	.mode = S_IFSOCK | 0777,
	.read = datagram_read,
	.write = datagram_write,
	.control = socket_control,
	.ready = datagram_ready,
	.close = datagram_close,
};
