/* SPDX-License-Identifier: ISC */
/* stream_receive.c -- receives on a connection */
#include "stream.h"

err_t stream_receive_segment(void *argument, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
	struct stream *stream = argument;

	(void)error;
	if (!stream) {
		if (packet)
			pbuf_free(packet);
		return ERR_OK;
	}
	if (packet && stream->in_ended && stream->out_ended) {
		/* RFC 1122 4.2.2.13: who sends what nobody will read is told */
		pbuf_free(packet);
		stream_detach(stream);
		tcp_abort(pcb);
		stream_failed(stream, ERR_RST);
		return ERR_ABRT;
	}
	if (packet) {
		/* what was sent to an address of our own may not have been asked for */
		if (!buffer_add_packet(&stream->received, packet))
			return ERR_MEM;
		pbuf_free(packet);
	} else {
		stream->in_ended = stream->fin_came = true;
		stream_both_ended(stream);
	}
	socket_changed(&stream->socket);
	return ERR_OK;
}

/* 0 if there is something to say; else what a call says that can't wait */
static long nothing(struct stream *stream)
{
	/* an end is told again and again, whatever error came behind it */
	if (stream->fin_came)
		return 0;
	if (stream->socket.error)
		return socket_error_take(&stream->socket);
	if (stream->in_ended)
		return 0;
	if (stream->state == STREAM_FRESH || stream->state == STREAM_LISTENING)
		return -ENOTCONN;
	return -EAGAIN;
}

static void take(struct stream *stream, size_t size)
{
	buffer_drop(&stream->received, size);
	for (size_t part; stream->pcb && size; size -= part) {
		part = size < UINT16_MAX ? size : UINT16_MAX;
		tcp_recved(stream->pcb, (u16_t)part);
	}
}

/* waits until there is something, or an end to it; a negative errno if nothing came */
static long wait_for_some(struct stream *stream, int flags, uint64_t end)
{
	bool looked = false;
	long error = 0;

	while (!error && !stream->received.size && !stream->in_ended && !stream->socket.error)
		error = socket_await(&stream->socket, flags, end, &looked);
	return error;
}

long stream_receive(struct socket *socket, const struct iovec *parts, int count, int *flags, struct arrival *arrival)
{
	struct stream *stream = stream_of(socket);
	uint64_t end = socket_wait_end(socket->receive_limit);
	size_t wanted = parts_size(parts, count), done = 0, size;
	int asked = *flags;
	long error;

	(void)arrival;
	*flags = 0;
	if (asked & MSG_OOB)
		return -EINVAL;
	if (stream->state == STREAM_FRESH || stream->state == STREAM_LISTENING)
		return -ENOTCONN;
	do {
		error = wait_for_some(stream, asked, end);
		/* the stream may be gone */
		if (error == -EINTR || error == -ERESTART)
			return done ? (long)done : error;
		if (!stream->received.size)
			return done ? (long)done : error ? error : nothing(stream);
		/* MSG_TRUNC: the bytes are not wanted */
		if (asked & MSG_TRUNC)
			size = wanted - done < stream->received.size ? wanted - done : stream->received.size;
		else
			size = buffer_copy(&stream->received, parts, count, done);
		if (!(asked & MSG_PEEK))
			take(stream, size);
		done += size;
	} while (asked & MSG_WAITALL && !(asked & MSG_PEEK) && done < wanted);
	return (long)done;
}
