/* SPDX-License-Identifier: ISC */
/* plain.c -- connections without encryption */
#include "channel.h"

const char channel_port[] = "80";

const char *channel_start(void)
{
	return NULL;
}

bool channel_open(struct channel *channel, struct tcp_pcb *pcb)
{
	*channel = (struct channel){.pcb = pcb};
	return true;
}

long channel_read(struct channel *channel, char *to, size_t room)
{
	u16_t length = channel->pending ? pbuf_copy_partial(channel->pending, to, (u16_t)room, 0) : 0;

	if (length) {
		channel->pending = pbuf_free_header(channel->pending, length);
		tcp_recved(channel->pcb, length);
	}
	return length;
}

size_t channel_room(struct channel *channel)
{
	return tcp_sndbuf(channel->pcb);
}

bool channel_write(struct channel *channel, const void *bytes, size_t size, bool more)
{
	return tcp_write(channel->pcb, bytes, (u16_t)size, TCP_WRITE_FLAG_COPY | (more ? TCP_WRITE_FLAG_MORE : 0)) == ERR_OK;
}

void channel_end(struct channel *channel)
{
	(void)channel;
}

void channel_close(struct channel *channel)
{
	(void)channel;
}
