/* SPDX-License-Identifier: ISC */
/*
 * server.c -- connections: requests in, answers out, on lwIP's callbacks
 *
 * A client's resources are bounded: one connection's buffer, one chain of
 * received frames (lwIP holds back refused ones), lwIP's send buffer, and the
 * times below. When all connections are in use, the one that has been idle for
 * longest is closed.
 *
 * A callback that ends its own connection must tell lwIP whether the pcb is
 * gone: ERR_ABRT. So all functions that may do so return an err_t.
 */
#include "server.h"

#include <lwip/priv/tcp_priv.h>
#include <lwip/sys.h>
#include <string.h>

#include "channel.h"
#include "request.h"

enum {
	CONNECTIONS = 256,
	BACKLOG = 64,                   /* half-open ones; lwipopts.h has pcbs for both */
	TIME_IDLE = 60000,              /* ms between two requests */
	TIME_REQUEST = 10000,           /* for a request, or a handshake, to be whole */
	TIME_ANSWER = 30000,            /* without the client taking anything */
	TIME_LINGER = 2000,             /* for the client to close after an answer that is the last */
	TIME_STOP = 1000,               /* for requests of accepted connections to be whole, once the server stops */
};

enum state {
	WAITING,                        /* for a request's first byte */
	READING,
	ANSWERING,
	LINGERING,                      /* all is sent, and the end as well; what still comes is thrown away */
};

struct connection {
	struct connection *next;        /* while it is free */
	struct tcp_pcb *pcb;            /* NULL: free */
	struct channel channel;
	enum state state;
	u32_t since;                    /* when the state began, or the client last took something */
	u32_t turn;                     /* the count of changes of state at its last one: since is in milliseconds */
	bool stalled;                   /* a whole request waits until its answer's head can be sent */
	bool keep_alive;                /* after the answer that is sent now */
	bool answered;                  /* one request at least */
	bool ended;                     /* the client sends no more */
	struct content content;         /* what is sent, */
	uint64_t offset, left;          /* and what of it is left */
	size_t used, seen;              /* bytes in text; how far request_end looked */
	char text[REQUEST_MAX];
};

struct statistics statistics;

static struct connection connections[CONNECTIONS];
static struct connection *connections_free;
static unsigned connections_used;       /* those beyond were never used */
static u32_t turns;                     /* changes of state, of all connections */
static struct tcp_pcb *listener;        /* NULL once the server stops */
static u32_t stopped;                   /* when that was */

static struct connection *connection_get(void)
{
	struct connection *connection = connections_free;

	if (connection)
		connections_free = connection->next;
	else if (connections_used < CONNECTIONS)
		connection = &connections[connections_used++];
	return connection;
}

static void pending_free(struct channel *channel)
{
	if (channel->pending)
		pbuf_free(channel->pending);
	channel->pending = NULL;
}

/* its pcb has no more to do with it */
static void connection_release(struct connection *connection)
{
	pending_free(&connection->channel);
	channel_close(&connection->channel);
	connection->pcb = NULL;
	connection->next = connections_free;
	connections_free = connection;
	statistics.open--;
}

static void state_set(struct connection *connection, enum state state)
{
	connection->state = state;
	connection->since = sys_now();
	connection->turn = ++turns;
}

/* throws away what has come */
static void pending_drop(struct connection *connection)
{
	if (connection->channel.pending)
		tcp_recved(connection->pcb, connection->channel.pending->tot_len);
	pending_free(&connection->channel);
}

static struct tcp_pcb *connection_detach(struct connection *connection)
{
	struct tcp_pcb *pcb = connection->pcb;

	/* lwIP answers a close with unread data by a reset, which could overtake the answer */
	pending_drop(connection);
	tcp_arg(pcb, NULL);
	tcp_recv(pcb, NULL);
	tcp_sent(pcb, NULL);
	tcp_err(pcb, NULL);
	tcp_poll(pcb, NULL, 0);
	connection_release(connection);
	return pcb;
}

static err_t connection_abort(struct connection *connection)
{
	tcp_abort(connection_detach(connection));
	return ERR_ABRT;
}

static err_t connection_close(struct connection *connection)
{
	struct tcp_pcb *pcb;

	if (connection->state != LINGERING)
		channel_end(&connection->channel);
	pcb = connection_detach(connection);
	if (tcp_close(pcb) == ERR_OK)
		return ERR_OK;
	tcp_abort(pcb);
	return ERR_ABRT;
}

/* the last answer is on its way */
static err_t connection_linger(struct connection *connection)
{
	if (connection->ended)
		return connection_close(connection);
	channel_end(&connection->channel);
	pending_drop(connection);
	state_set(connection, LINGERING);
	return tcp_shutdown(connection->pcb, 0, 1) == ERR_OK ? ERR_OK : connection_abort(connection);
}

/* moves what was received into text, as far as there is room; false if the client broke the protocol */
static bool connection_fill(struct connection *connection)
{
	long length;

	do {
		length = channel_read(&connection->channel, connection->text + connection->used, REQUEST_MAX - connection->used);
		connection->used += length > 0 ? (size_t)length : 0;
	} while (length > 0);
	connection->ended |= connection->channel.ended;
	return !length;
}

static void text_drop(struct connection *connection, size_t length)
{
	connection->used -= length;
	connection->seen = 0;
	memmove(connection->text, connection->text + length, connection->used);
}

/* RFC 9112, 2.2: empty lines before a request are nothing */
static void text_skip_empty(struct connection *connection)
{
	size_t length = 0;

	while (length < connection->used && (connection->text[length] == '\r' || connection->text[length] == '\n'))
		length++;
	if (length)
		text_drop(connection, length);
}

/* begins to answer the request in the first bytes of text; false while there is no room for the answer's head */
static bool answer_start(struct connection *connection, const struct answer *answer, bool keep_alive, size_t length)
{
	connection->stalled = channel_room(&connection->channel) < answer->length ||
		!channel_write(&connection->channel, answer->text, answer->length, answer->has_content);
	if (connection->stalled)
		return false;
	connection->content = answer->content;
	connection->offset = 0;
	connection->left = answer->has_content ? answer->content.size : 0;
	connection->keep_alive = keep_alive;
	connection->answered = true;
	text_drop(connection, length);
	state_set(connection, ANSWERING);
	statistics.requests++;
	statistics.bytes += answer->made_up;
	return true;
}

static bool request_answer(struct connection *connection, size_t length)
{
	static struct answer answer;
	struct request request;
	unsigned status = request_parse(&request, connection->text, length);
	bool keep_alive = !status && request.keep_alive && listener;

	if (status)
		answer_status(&answer, status, request.head, false);
	else
		answer_to(&answer, request.path, request.head, keep_alive);
	return answer_start(connection, &answer, keep_alive, length);
}

static bool request_refuse(struct connection *connection, unsigned status)
{
	static struct answer answer;

	answer_status(&answer, status, false, false);
	return answer_start(connection, &answer, false, connection->used);
}

/* sends as much content as the channel takes; false if the device failed */
static bool content_send(struct connection *connection)
{
	while (connection->left) {
		size_t room = channel_room(&connection->channel), length;
		const uint8_t *bytes;

		if (!room)
			return true;
		bytes = content_bytes(&connection->content, connection->offset, &length);
		if (!bytes)
			return false;
		if (length > room)
			length = room;
		if (!channel_write(&connection->channel, bytes, length, length < connection->left))
			return true;
		connection->offset += length;
		connection->left -= length;
		statistics.bytes += length;
	}
	return true;
}

/* sends what is to be sent, then handles what was received, until either has to wait */
static err_t connection_work(struct connection *connection)
{
	for (;;) {
		size_t length;

		if (connection->state == ANSWERING) {
			if (!content_send(connection))
				return connection_abort(connection);
			if (connection->left)
				return ERR_OK;
			if (!connection->keep_alive)
				return connection_linger(connection);
			state_set(connection, WAITING);
		}
		if (!connection_fill(connection))
			return connection_close(connection);
		text_skip_empty(connection);
		if (connection->used && connection->state == WAITING)
			state_set(connection, READING);
		length = request_end(connection->text, connection->used, &connection->seen);
		if (length ? request_answer(connection, length) :
		    connection->used == REQUEST_MAX && request_refuse(connection, 431))
			continue;
		if (connection->stalled || !connection->ended)
			return ERR_OK;
		return connection_close(connection);
	}
}

static err_t on_receive(void *argument, struct tcp_pcb *pcb, struct pbuf *pbuf, err_t error)
{
	struct connection *connection = argument;

	(void)error;
	if (!pbuf) {
		connection->ended = true;
		if (connection->state == LINGERING)
			return connection_close(connection);
		return connection_work(connection);
	}
	if (connection->state == LINGERING) {
		tcp_recved(pcb, pbuf->tot_len);
		pbuf_free(pbuf);
		return ERR_OK;
	}
	if (connection->channel.pending)
		return ERR_MEM;
	connection->channel.pending = pbuf;
	return connection_work(connection);
}

static err_t on_sent(void *argument, struct tcp_pcb *pcb, u16_t length)
{
	struct connection *connection = argument;

	(void)pcb;
	(void)length;
	if (connection->state != ANSWERING && !connection->stalled && !connection->channel.unsent)
		return ERR_OK;
	connection->since = sys_now();
	return connection_work(connection);
}

/* each second, from lwIP's timer */
static err_t on_poll(void *argument, struct tcp_pcb *pcb)
{
	struct connection *connection = argument;
	u32_t elapsed = sys_now() - connection->since;

	(void)pcb;
	if (!listener && connection->state <= READING && !connection->stalled && sys_now() - stopped > TIME_STOP)
		return connection_close(connection);
	switch (connection->state) {
	case WAITING:
		return elapsed > (connection->channel.opening ? TIME_REQUEST : TIME_IDLE) ? connection_close(connection) : ERR_OK;
	case READING:
		if (elapsed > TIME_REQUEST && !connection->stalled && request_refuse(connection, 408))
			return connection_work(connection);
		break;
	case ANSWERING:
		break;
	case LINGERING:
		return elapsed > TIME_LINGER ? connection_close(connection) : ERR_OK;
	}
	if (elapsed > TIME_ANSWER)
		return connection_abort(connection);
	return connection->state == ANSWERING || connection->stalled ? connection_work(connection) : ERR_OK;
}

/* lwIP has freed the pcb */
static void on_error(void *argument, err_t error)
{
	(void)error;
	connection_release(argument);
}

/* ends the connection that has been without an answer to send for longest; NULL if all have one */
static struct connection *connection_evict(void)
{
	struct connection *oldest = NULL;

	for (unsigned i = 0; i < CONNECTIONS; i++) {
		struct connection *connection = &connections[i];

		if (connection->pcb && connection->state <= READING && !connection->stalled &&
		    (!oldest || turns - connection->turn > turns - oldest->turn))
			oldest = connection;
	}
	if (!oldest)
		return NULL;
	/* a reset, since a client that ignores a close would keep the pcb */
	connection_abort(oldest);
	return connection_get();
}

static err_t on_accept(void *argument, struct tcp_pcb *pcb, err_t error)
{
	struct connection *connection;

	(void)argument;
	if (error != ERR_OK || !pcb)
		return ERR_VAL;
	connection = connection_get();
	if (!connection)
		connection = connection_evict();
	if (!connection) {
		statistics.refused++;
		tcp_abort(pcb);
		return ERR_ABRT;
	}
	if (!channel_open(&connection->channel, pcb)) {
		connection->next = connections_free;
		connections_free = connection;
		statistics.refused++;
		tcp_abort(pcb);
		return ERR_ABRT;
	}
	connection->pcb = pcb;
	connection->stalled = connection->ended = connection->answered = false;
	connection->used = connection->seen = 0;
	state_set(connection, WAITING);
	statistics.accepted++;
	statistics.open++;
	tcp_arg(pcb, connection);
	tcp_recv(pcb, on_receive);
	tcp_sent(pcb, on_sent);
	tcp_err(pcb, on_error);
	tcp_poll(pcb, on_poll, 1000 / TCP_SLOW_INTERVAL);
	/* an answer's end must not wait for the client's acknowledgement */
	tcp_nagle_disable(pcb);
	return ERR_OK;
}

bool server_start(u16_t port)
{
	struct tcp_pcb *pcb = tcp_new();

	statistics.start = solo5_clock_monotonic();
	if (!pcb || tcp_bind(pcb, IP_ANY_TYPE, port) != ERR_OK)
		return false;
	listener = tcp_listen_with_backlog(pcb, BACKLOG);
	if (!listener)
		return false;
	tcp_accept(listener, on_accept);
	return true;
}

/* a connection that waits for another request ends; one that was just accepted has its first on the way */
void server_stop(void)
{
	tcp_close(listener);
	listener = NULL;
	stopped = sys_now();
	for (unsigned i = 0; i < CONNECTIONS; i++) {
		struct connection *connection = &connections[i];

		connection->keep_alive = false;
		if (connection->pcb && connection->state == WAITING && connection->answered && !connection->stalled)
			connection_close(connection);
	}
}

bool server_has_ended(void)
{
	if (statistics.open)
		return false;
	for (const struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next)
		if (pcb->state != FIN_WAIT_2)
			return false;
	return true;
}
