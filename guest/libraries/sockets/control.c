/* SPDX-License-Identifier: ISC */
/* control.c -- ioctl(2) of sockets */
#include <fcntl.h>
#include <limits.h>
#include <sys/ioctl.h>

#include "socket.h"

long socket_control(struct file *file, unsigned long request, void *argument)
{
	struct socket *socket = (struct socket *)file;
	long waiting;

	switch ((unsigned)request) {
	case FIONREAD:
		waiting = socket->protocol->waiting(socket);
		if (waiting < 0)
			return waiting;
		*(int *)argument = waiting > INT_MAX ? INT_MAX : (int)waiting;
		return 0;
	case TIOCOUTQ:
		waiting = socket->protocol->unsent(socket);
		if (waiting < 0)
			return waiting;
		*(int *)argument = (int)waiting;
		return 0;
	case FIONBIO:
		file->flags = *(int *)argument ? file->flags | O_NONBLOCK : file->flags & ~O_NONBLOCK;
		return 0;
	}
	return -ENOTTY;
}
