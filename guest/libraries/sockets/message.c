/* SPDX-License-Identifier: ISC */
/* message.c -- sendmsg(2), recvmsg(2), without control data */
#include <limits.h>

#include "socket.h"

/* the kernel's layout: musl pads its fields to the same offsets */
struct message {
	struct sockaddr *name;
	socklen_t name_size;
	struct iovec *parts;
	size_t count;
	void *control;
	size_t control_size;
	int flags;
};

static long send_once(long descriptor, const struct message *message, long flags)
{
	const struct sockaddr *to = message->name_size ? message->name : NULL;
	socklen_t to_size = message->name_size < sizeof(struct sockaddr_storage) ? message->name_size : sizeof(struct sockaddr_storage);
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	if (message->count > IOV_MAX)
		return -EMSGSIZE;
	if ((int)message->name_size < 0 || message->control_size)
		return -EINVAL;
	return socket_send(socket, message->parts, (int)message->count, flags, to, to_size);
}

static long receive_once(long descriptor, struct message *message, long flags)
{
	int answer = (int)flags;
	long result;
	struct socket *socket = socket_get(descriptor, &result);

	if (!socket)
		return result;
	if (message->count > IOV_MAX)
		return -EMSGSIZE;
	result = socket_receive(socket, message->parts, (int)message->count, &answer, message->name, &message->name_size);
	if (result < 0)
		return result;
	message->control_size = 0;
	message->flags = answer;
	return result;
}

long guest_sys_sendmsg(long descriptor, const struct message *message, long flags)
{
	long result;

	do
		result = send_once(descriptor, message, flags);
	while (result == -ERESTART);
	return result;
}

long guest_sys_recvmsg(long descriptor, struct message *message, long flags)
{
	long result;

	do
		result = receive_once(descriptor, message, flags);
	while (result == -ERESTART);
	return result;
}
