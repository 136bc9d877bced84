/* SPDX-License-Identifier: ISC */
/*
 * stream_send.c -- sends on a connection
 *
 * lwIP keeps what was sent in its heap until the peer has it. As with what was
 * received, one connection may hold as much there as is still free, so that peers
 * which take nothing leave room for the others.
 */
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "lwip/priv/tcp_priv.h"
#include "lwip/stats.h"
#include "lwip/timeouts.h"

#include "memp_left.h"
#include "stream.h"

enum {
	PART_MOST = 16384,      /* bytes of one tcp_write, whose length has 16 bits */
	ROOM_LEAST = 16384,     /* where memory is short */
	QUEUE_FIRST = 65536,    /* bytes that every connection may have queued, unless the send window is smaller */
	CWNDS = 2,              /* congestion windows that may be queued, once they are more */
	RETRY = 100,            /* milliseconds after which memory may be free that no connection freed */
};

/* where text and constants of the image are: see the linker script */
extern const char guest_constants[], guest_constants_end[];

/* counts the times that memory was freed: a sender that found none tries again after the next */
static unsigned freed;

static void retry(void *unused)
{
	(void)unused;
	stream_memory_freed();
}

void stream_memory_freed(void)
{
	freed++;
}

static void starve(struct stream *stream)
{
	stream->starved = true;
	stream->starved_at = freed;
	sys_untimeout(retry, NULL);
	sys_timeout(RETRY, retry, NULL);
}

/* bytes of segments that can still be sent */
static size_t memory_left(void)
{
	size_t heap = MEM_SIZE - lwip_stats.mem.used, segments = (size_t)uk_lwip_memp_left(MEMP_TCP_SEG) * TCP_MSS;

	return heap < segments ? heap : segments;
}

/*
 * Bytes that a connection may have queued, sent or not. As on Linux they grow with the congestion window: segments are made when
 * data is written, and small while the window is, so a megabyte in the queue of a new connection would leave in 700 frames.
 */
static size_t queue_most(const struct tcp_pcb *pcb)
{
	size_t most = LWIP_MAX(QUEUE_FIRST, (size_t)CWNDS * pcb->cwnd);

	return LWIP_MIN(most, TCP_SND_BUF);
}

/* tcp_sndbuf says 65,535 at most */
static size_t queued(const struct tcp_pcb *pcb)
{
	return TCP_SND_BUF - pcb->snd_buf;
}

static size_t queue_left(const struct tcp_pcb *pcb)
{
	size_t most = queue_most(pcb);

	return most > queued(pcb) ? most - queued(pcb) : 0;
}

size_t stream_room(const struct stream *stream)
{
	const struct tcp_pcb *pcb = stream->pcb;
	size_t left;

	if (!pcb || (stream->starved && stream->starved_at == freed))
		return 0;
	left = memory_left();
	if (tcp_sndqueuelen(pcb) >= TCP_SND_QUEUELEN || left < queued(pcb) + TCP_SND_BUF / 16)
		return 0;
	return LWIP_MIN(queue_left(pcb), left - queued(pcb));
}

bool stream_is_writable(const struct stream *stream)
{
	size_t room = stream_room(stream);

	/* what other connections leave free may be less than a third of the queue for long */
	return room && (room >= queue_most(stream->pcb) / 3 || !queued(stream->pcb) ||
		(room >= ROOM_LEAST && room < queue_left(stream->pcb)));
}

err_t stream_sent(void *argument, struct tcp_pcb *pcb, u16_t size)
{
	struct stream *stream = argument;

	(void)pcb;
	(void)size;
	stream_memory_freed();
	if (stream && stream->socket.full && stream_is_writable(stream)) {
		stream->socket.full = false;
		socket_changed(&stream->socket);
	}
	return ERR_OK;
}

/* whether the bytes never change, so that lwIP needn't have a copy: packed files are such */
static bool is_constant(const char *bytes, size_t size)
{
	uintptr_t at = (uintptr_t)bytes, end = (uintptr_t)guest_constants_end;

	return at >= (uintptr_t)guest_constants && at < end && size <= end - at;
}

static err_t data_write(struct stream *stream, const char *bytes, size_t size, u8_t flags)
{
	/* less than a segment is copied, since each reference takes a pbuf of its own */
	if (size >= TCP_MSS && is_constant(bytes, size) && tcp_write(stream->pcb, bytes, (u16_t)size, flags) == ERR_OK)
		return ERR_OK;
	return tcp_write(stream->pcb, bytes, (u16_t)size, flags | TCP_WRITE_FLAG_COPY);
}

/* hands one part to lwIP, as much as it takes; how much */
static size_t part_send(struct stream *stream, const char *bytes, size_t size, bool more)
{
	size_t done = 0;

	while (done < size) {
		size_t room = stream_room(stream), part = size - done < room ? size - done : room;

		if (part > PART_MOST)
			part = PART_MOST;
		if (!part)
			break;
		if (data_write(stream, bytes + done, part, more || done + part < size ? TCP_WRITE_FLAG_MORE : 0) != ERR_OK) {
			starve(stream);
			break;
		}
		stream->starved = false;
		done += part;
	}
	return done;
}

/* what can't be sent any more: the error that is waiting, or EPIPE with its signal */
static long ended(struct stream *stream, int flags)
{
	long error = socket_error_take(&stream->socket);

	if (error && error != -EPIPE)
		return error;
	if (!(flags & MSG_NOSIGNAL))
		kill(getpid(), SIGPIPE);
	return -EPIPE;
}

static bool has_ended(const struct stream *stream)
{
	return stream->socket.error || stream->out_ended || stream->state == STREAM_FRESH ||
		stream->state == STREAM_LISTENING || stream->state == STREAM_OVER;
}

long stream_send(struct socket *socket, const struct iovec *parts, int count, int flags, const struct address *to,
		 const struct manner *manner)
{
	struct stream *stream = stream_of(socket);
	uint64_t end = socket_wait_end(socket->send_limit);
	size_t done = 0, offset = 0;
	bool looked = false;
	long error;

	(void)to;
	(void)manner;
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	/* a call without bytes, too, fails if the connection has ended, and waits until it is made */
	for (;;) {
		if (has_ended(stream))
			return done ? (long)done : ended(stream, flags);
		if (stream->state == STREAM_CONNECTED) {
			size_t left, sent;

			if (!count)
				break;
			left = parts->iov_len - offset;
			sent = part_send(stream, (const char *)parts->iov_base + offset, left, count > 1 || flags & MSG_MORE);
			done += sent;
			offset += sent;
			if (sent && stream->limit)
				stream_limit_begin(stream);
			if (sent == left) {
				parts++;
				count--;
				offset = 0;
				continue;
			}
			tcp_output(stream->pcb);
		}
		socket->full = true;
		error = socket_await(socket, flags, end, &looked);
		if (error)
			return done ? (long)done : error;
	}
	stream_push(stream, done);
	socket->full = !stream_is_writable(stream);
	return (long)done;
}
