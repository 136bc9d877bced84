/* SPDX-License-Identifier: ISC */
/* stream.c -- TCP sockets: creation, lwIP's control blocks, readiness */
#include "stream.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>

#include "lwip/priv/tcp_priv.h"

#include "hooks.h"
#include "network.h"

long stream_errno(err_t error)
{
	switch (error) {
	case ERR_OK:
		return 0;
	case ERR_USE:
		return -EADDRINUSE;
	case ERR_RTE:
		return -ENETUNREACH;
	case ERR_BUF:
		return -EADDRNOTAVAIL;
	case ERR_MEM:
		return -ENOBUFS;
	}
	return -EINVAL;
}

struct stream *stream_make(void)
{
	struct stream *stream = calloc(1, sizeof(*stream));

	if (stream)
		stream->socket = (struct socket){.file.kind = &stream_kind, .protocol = &stream_protocol};
	return stream;
}

long guest_sys_socket_stream(long family, long type, long protocol)
{
	struct stream *stream;
	long descriptor = socket_begin(family, type, protocol, IPPROTO_TCP);

	if (descriptor)
		return descriptor;
	uk_lwip_admit = stream_admit;
	stream = stream_make();
	if (!stream)
		return -ENOMEM;
	stream->socket.family = (int)family;
	descriptor = socket_add(&stream->socket, (int)type);
	if (descriptor < 0)
		free(stream);
	return descriptor;
}

void stream_attach(struct stream *stream, struct tcp_pcb *pcb)
{
	stream->pcb = pcb;
	tcp_arg(pcb, stream);
	tcp_recv(pcb, stream_receive_segment);
	tcp_sent(pcb, stream_sent);
	tcp_err(pcb, stream_failed);
	stream_options_apply(&stream->socket);
}

long stream_control_need(struct stream *stream)
{
	const ip_addr_t any = socket_any(&stream->socket);
	struct tcp_pcb *pcb;

	if (stream->pcb)
		return 0;
	pcb = tcp_new_ip_type(IP_GET_TYPE(&any));
	if (!pcb)
		return -ENOBUFS;
	stream_attach(stream, pcb);
	/* as tcp_bind does, but that others may have the port, too: connections that a listener has accepted */
	if (stream->bound.port) {
		pcb->local_ip = stream->bound.ip;
		pcb->local_port = stream->bound.port;
		TCP_REG(&tcp_bound_pcbs, pcb);
	}
	return 0;
}

void stream_names_keep(struct stream *stream)
{
	stream->local = (struct address){stream->pcb->local_ip, stream->pcb->local_port};
	stream->remote = (struct address){stream->pcb->remote_ip, stream->pcb->remote_port};
}

void stream_detach(struct stream *stream)
{
	struct tcp_pcb *pcb = stream->pcb;

	if (!pcb)
		return;
	stream->pcb = NULL;
	tcp_arg(pcb, NULL);
	if (pcb->state == LISTEN)
		return;
	tcp_recv(pcb, NULL);
	tcp_sent(pcb, NULL);
	tcp_err(pcb, NULL);
}

/* Linux's order, in which an end and an error can be reported together */
static unsigned stream_ready(struct file *file)
{
	struct stream *stream = (struct stream *)file;
	bool over = stream->state == STREAM_OVER || stream->state == STREAM_FRESH;
	unsigned ready = stream->socket.error ? POLLERR : 0;

	if (stream->state == STREAM_LISTENING)
		return stream->queue_first ? POLLIN | POLLRDNORM : 0;
	if (over || (stream->in_ended && stream->out_ended))
		ready |= POLLHUP;
	if (stream->state == STREAM_CONNECTING)
		return ready;
	if (stream->in_ended)
		ready |= POLLIN | POLLRDNORM | POLLRDHUP;
	if (stream->received.size)
		ready |= POLLIN | POLLRDNORM;
	if (over || stream->out_ended || stream_is_writable(stream))
		ready |= POLLOUT | POLLWRNORM;
	else
		/* a socket that was told to have room can have too little again, as what is enough depends on memory */
		stream->socket.full = true;
	return ready;
}

static long stream_read(struct file *file, const struct iovec *parts, int count)
{
	int flags = 0;

	return !parts_size(parts, count) ? 0 : stream_receive((struct socket *)file, parts, count, &flags, NULL);
}

static long stream_write(struct file *file, const struct iovec *parts, int count)
{
	return !count ? 0 : stream_send((struct socket *)file, parts, count, 0, NULL, NULL);
}

static long stream_local(struct socket *socket, struct address *address)
{
	struct stream *stream = stream_of(socket);

	*address = stream->pcb ? (struct address){stream->pcb->local_ip, stream->pcb->local_port} : stream->local;
	return 0;
}

static long stream_remote(struct socket *socket, struct address *address)
{
	struct stream *stream = stream_of(socket);

	if (stream->state != STREAM_CONNECTED)
		return -ENOTCONN;
	*address = stream->remote;
	return 0;
}

static long stream_waiting(struct socket *socket)
{
	return stream_of(socket)->state == STREAM_LISTENING ? -EINVAL : (long)stream_of(socket)->received.size;
}

static long stream_unsent(struct socket *socket)
{
	const struct stream *stream = stream_of(socket);

	if (stream->state == STREAM_LISTENING)
		return -EINVAL;
	return stream->pcb ? TCP_SND_BUF - stream->pcb->snd_buf : 0;
}

static long stream_close(struct file *file)
{
	stream_end((struct stream *)file);
	return 0;
}

const struct protocol stream_protocol = {
	.type = SOCK_STREAM,
	.number = IPPROTO_TCP,
	.bind = stream_bind,
	.connect = stream_connect,
	.send = stream_send,
	.receive = stream_receive,
	.shut_down = stream_shut_down,
	.local = stream_local,
	.remote = stream_remote,
	.waiting = stream_waiting,
	.unsent = stream_unsent,
	.option_set = stream_option_set,
	.option_get = stream_option_get,
	.options_apply = stream_options_apply,
};

const struct kind stream_kind = {
	.mode = S_IFSOCK | 0777,
	.read = stream_read,
	.write = stream_write,
	.control = socket_control,
	.ready = stream_ready,
	.close = stream_close,
};
