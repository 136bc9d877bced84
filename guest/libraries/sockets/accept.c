/* SPDX-License-Identifier: ISC */
/* accept.c -- accept(2): takes connections from a listener's queue */
#include "stream.h"

/* 0, or a negative errno */
static long wait_for_one(struct stream *listener)
{
	uint64_t end = socket_wait_end(listener->socket.receive_limit);
	bool looked = false;
	long error = 0;

	while (!error && !listener->queue_first)
		error = socket_await(&listener->socket, 0, end, &looked);
	return error;
}

static long accept_one(struct stream *listener, int flags, struct sockaddr *address, socklen_t *size)
{
	struct stream *stream = listener->queue_first;
	/* before it leaves the queue, where it stays if there is no descriptor for it */
	long descriptor = socket_add(&stream->socket, flags), error;

	if (descriptor < 0)
		return descriptor;
	listener->queue_first = stream->queue_next;
	if (!listener->queue_first)
		listener->queue_last = NULL;
	listener->queue_count--;
	stream->queue_next = NULL;
	error = address_write(&stream->remote, stream->socket.family, address, size);
	if (!error)
		return descriptor;
	/* as on Linux, the connection is lost */
	descriptor_close(descriptor);
	return error;
}

static long accept_once(long descriptor, struct sockaddr *address, socklen_t *size, long flags)
{
	long error;
	struct socket *socket = socket_get(descriptor, &error);
	struct stream *listener;

	if (flags & ~(long)(SOCK_NONBLOCK | SOCK_CLOEXEC))
		return -EINVAL;
	if (!socket)
		return error;
	if (socket->protocol->type != SOCK_STREAM)
		return -EOPNOTSUPP;
	listener = stream_of(socket);
	if (listener->state != STREAM_LISTENING)
		return -EINVAL;
	error = wait_for_one(listener);
	return error ? error : accept_one(listener, (int)flags, address, size);
}

long guest_sys_accept4(long descriptor, struct sockaddr *address, socklen_t *size, long flags)
{
	return RESTARTING(accept_once(descriptor, address, size, flags));
}

long guest_sys_accept(long descriptor, struct sockaddr *address, socklen_t *size)
{
	return guest_sys_accept4(descriptor, address, size, 0);
}
