/* SPDX-License-Identifier: ISC */
/* message.c -- sendmsg(2), recvmsg(2) */
#include <limits.h>

#include "ancillary.h"

/* what the control data asks for; a name that is wrong is found when it is used */
static long manner_read(struct socket *socket, const struct message *message, const struct sockaddr *to, socklen_t to_size,
			struct manner *manner)
{
	struct address address = {0};

	if (to)
		address_read(&address, socket->family, to, to_size);
	else
		socket->protocol->remote(socket, &address);
	return ancillary_read(socket, message, &address.ip, manner);
}

static long send_once(long descriptor, const struct message *message, long flags)
{
	const struct sockaddr *to = message->name_size ? message->name : NULL;
	socklen_t to_size = message->name_size < sizeof(struct sockaddr_storage) ? message->name_size : sizeof(struct sockaddr_storage);
	struct manner manner;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	if (message->count > IOV_MAX)
		return -EMSGSIZE;
	if ((int)message->name_size < 0)
		return -EINVAL;
	error = manner_read(socket, message, to, to_size, &manner);
	return error ? error : socket_send(socket, message->parts, (int)message->count, flags, to, to_size, &manner);
}

static long receive_once(long descriptor, struct message *message, long flags)
{
	struct arrival arrival = {0};
	int answer = (int)flags;
	unsigned told;
	long result;
	struct socket *socket = socket_get(descriptor, &result);

	if (!socket)
		return result;
	if (message->count > IOV_MAX)
		return -EMSGSIZE;
	/* which may be gone afterwards */
	told = socket->told;
	result = socket_receive(socket, message->parts, (int)message->count, &answer, message->name, &message->name_size, &arrival);
	if (result < 0)
		return result;
	message->flags = answer;
	ancillary_write(arrival.interface ? told : 0, &arrival, message);
	return result;
}

long guest_sys_sendmsg(long descriptor, const struct message *message, long flags)
{
	return RESTARTING(send_once(descriptor, message, flags));
}

long guest_sys_recvmsg(long descriptor, struct message *message, long flags)
{
	return RESTARTING(receive_once(descriptor, message, flags));
}
