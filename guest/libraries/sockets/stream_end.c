/* SPDX-License-Identifier: ISC */
/* stream_end.c -- connections end: by this side, by the peer, or by what went wrong */
#include <stdlib.h>

#include "../libc/calls/clock.h"

#include "stream.h"

/* what the connection's end means to the program: an error that is told once, and no more bytes either way */
void stream_failed(void *argument, err_t error)
{
	struct stream *stream = argument;
	bool connecting;

	if (!stream)
		return;
	connecting = stream->state == STREAM_CONNECTING;
	stream_memory_freed();
	stream->pcb = NULL;
	stream->in_ended = stream->out_ended = true;
	stream->state = STREAM_OVER;
	if (error == ERR_CLSD)
		stream->socket.error = 0;
	else if (error != ERR_RST)
		stream->socket.error = ETIMEDOUT;
	else
		stream->socket.error = connecting ? ECONNREFUSED : stream->fin_came ? EPIPE : ECONNRESET;
	socket_changed(&stream->socket);
}

/* lwIP needs nobody for what is left, and tells nobody when it frees the control block */
void stream_both_ended(struct stream *stream)
{
	if (!stream->fin_came || !stream->out_ended)
		return;
	stream_detach(stream);
	stream->state = STREAM_OVER;
}

long stream_shut_down(struct socket *socket, bool in, bool out)
{
	struct stream *stream = stream_of(socket);

	if (stream->state == STREAM_FRESH || stream->state == STREAM_OVER)
		return -ENOTCONN;
	if (stream->state == STREAM_CONNECTING || (stream->state == STREAM_LISTENING && in))
		return stream_disconnect(stream);
	if (stream->state == STREAM_LISTENING)
		return 0;
	if (in)
		stream->in_ended = true;
	if (out && !stream->out_ended) {
		stream->out_ended = true;
		/* lwIP sends what is left, and the end behind it */
		if (stream->pcb)
			tcp_shutdown(stream->pcb, 0, 1);
		stream_both_ended(stream);
	}
	socket_changed(socket);
	return 0;
}

static bool is_sent(const struct stream *stream)
{
	return !stream->pcb || (!stream->pcb->unsent && !stream->pcb->unacked);
}

/* the connections that nobody accepted are reset */
static void queue_end(struct stream *listener)
{
	while (listener->queue_first) {
		struct stream *stream = listener->queue_first;
		struct tcp_pcb *pcb = stream->pcb;

		listener->queue_first = stream->queue_next;
		stream_detach(stream);
		if (pcb)
			tcp_abort(pcb);
		stream_end(stream);
	}
}

long stream_disconnect(struct stream *stream)
{
	bool connected = stream->state == STREAM_CONNECTED;
	struct tcp_pcb *pcb = stream->pcb;

	if (stream->state == STREAM_FRESH)
		return 0;
	stream_detach(stream);
	queue_end(stream);
	if (pcb && connected)
		tcp_abort(pcb);
	else if (pcb)
		tcp_close(pcb);
	buffer_drop(&stream->received, stream->received.size);
	if (pcb && stream->state != STREAM_LISTENING)
		stream->socket.error = ECONNRESET;
	stream->state = STREAM_FRESH;
	stream->in_ended = stream->out_ended = stream->fin_came = stream->connect_told = stream->starved = false;
	stream->local = stream->bound;
	stream->remote = (struct address){0};
	socket_changed(&stream->socket);
	return stream->bound.port ? stream_control_need(stream) : 0;
}

/* close waits for what SO_LINGER says */
static void linger(struct stream *stream)
{
	uint64_t end = socket_wait_end((uint64_t)stream->linger.l_linger * SECOND);

	tcp_shutdown(stream->pcb, 0, 1);
	while (!is_sent(stream) && !socket_wait(end))
		;
}

void stream_end(struct stream *stream)
{
	bool connected = stream->state == STREAM_CONNECTED, unread = stream->received.size;
	struct tcp_pcb *pcb;

	watches_drop(&stream->socket.watches);
	if (connected && stream->pcb && !unread && stream->linger.l_onoff && stream->linger.l_linger)
		linger(stream);
	pcb = stream->pcb;
	stream_detach(stream);
	queue_end(stream);
	if (pcb && connected && (unread || (stream->linger.l_onoff && !stream->linger.l_linger)))
		tcp_abort(pcb);
	else if (pcb)
		tcp_close(pcb);
	buffer_drop(&stream->received, stream->received.size);
	free(stream);
}
