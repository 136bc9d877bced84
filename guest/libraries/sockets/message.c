/* SPDX-License-Identifier: ISC */
/* message.c -- sendmsg(2), recvmsg(2); there is no control data, neither way */
#include <limits.h>

#include "socket.h"

/* as the kernel has it: musl's fields are padded to the same places */
struct message {
	struct sockaddr *name;
	socklen_t name_size;
	struct iovec *parts;
	size_t count;
	void *control;
	size_t control_size;
	int flags;
};

long guest_sys_sendmsg(long descriptor, const struct message *message, long flags)
{
	const struct sockaddr *to = message->name_size ? message->name : NULL;
	struct address address;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	if (message->count > IOV_MAX)
		return -EMSGSIZE;
	if (message->control_size)
		return -EINVAL;
	if (to && socket->protocol->type != SOCK_STREAM) {
		error = address_read(&address, to, message->name_size);
		if (error)
			return error;
	}
	return socket->protocol->send(socket, message->parts, (int)message->count, (int)flags, to ? &address : NULL);
}

long guest_sys_recvmsg(long descriptor, struct message *message, long flags)
{
	struct address address;
	int answer = (int)flags;
	long result;
	struct socket *socket = socket_get(descriptor, &result);

	if (!socket)
		return result;
	if (message->count > IOV_MAX)
		return -EMSGSIZE;
	result = socket->protocol->receive(socket, message->parts, (int)message->count, &answer, &address);
	if (result < 0)
		return result;
	if (socket->protocol->type == SOCK_STREAM)
		message->name_size = 0;
	else
		address_write(&address, message->name, &message->name_size);
	message->control_size = 0;
	message->flags = answer;
	return result;
}
