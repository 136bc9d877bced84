/* SPDX-License-Identifier: ISC */
/* stream_options.c -- options of level IPPROTO_TCP */
#include <netinet/tcp.h>

#include "lwip/priv/tcp_priv.h"

#include "stream.h"

enum { KEEP_SECONDS_MOST = 32767, KEEP_COUNT_MOST = 127 };

void stream_options_apply(struct socket *socket)
{
	struct stream *stream = stream_of(socket);
	struct tcp_pcb *pcb = stream->pcb;

	if (!pcb)
		return;
	pcb->so_options = (u8_t)((pcb->so_options & ~(SOF_REUSEADDR | SOF_KEEPALIVE)) |
				 (socket->options & (SOF_REUSEADDR | SOF_KEEPALIVE)));
	if (socket->time_to_live)
		pcb->ttl = socket->time_to_live;
	pcb->tos = socket->service;
	if (pcb->state == LISTEN)
		return;
	if (stream->keep_idle)
		pcb->keep_idle = (u32_t)stream->keep_idle * 1000;
	if (stream->keep_interval)
		pcb->keep_intvl = (u32_t)stream->keep_interval * 1000;
	pcb->keep_cnt = stream->keep_count ? (u32_t)stream->keep_count : TCP_KEEPCNT_DEFAULT;
	/* as on Linux, it overrides the number of probes */
	if (stream->limit)
		pcb->keep_cnt = stream->limit > pcb->keep_idle + pcb->keep_intvl ?
			(stream->limit - pcb->keep_idle + pcb->keep_intvl - 1) / pcb->keep_intvl : 1;
	if (stream->no_delay && !stream->corked)
		tcp_nagle_disable(pcb);
	else
		tcp_nagle_enable(pcb);
}

static long number_set(int *number, int value, int most)
{
	if (value < 1 || value > most)
		return -EINVAL;
	*number = value;
	return 0;
}

long stream_option_set(struct socket *socket, int option, int value)
{
	struct stream *stream = stream_of(socket);
	long error = 0;

	switch (option) {
	case TCP_NODELAY:
		stream->no_delay = value;
		break;
	case TCP_KEEPIDLE:
		error = number_set(&stream->keep_idle, value, KEEP_SECONDS_MOST);
		break;
	case TCP_KEEPINTVL:
		error = number_set(&stream->keep_interval, value, KEEP_SECONDS_MOST);
		break;
	case TCP_KEEPCNT:
		error = number_set(&stream->keep_count, value, KEEP_COUNT_MOST);
		break;
	case TCP_CORK:
		stream->corked = value;
		break;
	case TCP_USER_TIMEOUT:
		if (value < 0)
			return -EINVAL;
		stream->limit = (unsigned)value;
		break;
	default:
		return -ENOPROTOOPT;
	}
	if (error)
		return error;
	stream_options_apply(socket);
	if (!stream->pcb || stream->state != STREAM_CONNECTED)
		return 0;
	if (stream->limit)
		stream_limit_begin(stream);
	/* data that waited for more is sent at once */
	if (option == TCP_NODELAY ? value : option == TCP_CORK && !value)
		tcp_output(stream->pcb);
	return 0;
}

long stream_option_get(struct socket *socket, int option, int *value)
{
	struct stream *stream = stream_of(socket);

	switch (option) {
	case TCP_NODELAY:
		*value = stream->no_delay;
		return 0;
	case TCP_KEEPIDLE:
		*value = stream->keep_idle ? stream->keep_idle : (int)(TCP_KEEPIDLE_DEFAULT / 1000);
		return 0;
	case TCP_KEEPINTVL:
		*value = stream->keep_interval ? stream->keep_interval : (int)(TCP_KEEPINTVL_DEFAULT / 1000);
		return 0;
	case TCP_KEEPCNT:
		*value = stream->keep_count ? stream->keep_count : (int)TCP_KEEPCNT_DEFAULT;
		return 0;
	case TCP_CORK:
		*value = stream->corked;
		return 0;
	case TCP_USER_TIMEOUT:
		*value = (int)stream->limit;
		return 0;
	case TCP_MAXSEG:
		*value = stream->pcb && stream->state == STREAM_CONNECTED ? tcp_mss(stream->pcb) : TCP_MSS;
		return 0;
	}
	return -ENOPROTOOPT;
}
