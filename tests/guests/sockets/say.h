/* SPDX-License-Identifier: ISC */
/* say.h -- prints the result of a call as a line, which must be the same in a process and an appliance */
#ifndef SAY_H
#define SAY_H

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

/* a result, or the error that it stands for */
static inline void say(const char *what, long result)
{
	if (result < 0)
		printf("%s: %s\n", what, strerror(errno));
	else
		printf("%s: %ld\n", what, result);
	fflush(stdout);
}

/* lets everything that is on its way arrive */
static inline void settle(void)
{
	poll(NULL, 0, 30);
}

/* what poll says of a descriptor when all has arrived */
static inline void say_ready(const char *what, int descriptor)
{
	struct pollfd wait = {.fd = descriptor, .events = POLLIN | POLLOUT | POLLRDHUP | POLLPRI};

	settle();
	poll(&wait, 1, 0);
	printf("%s is ready:%s%s%s%s%s%s\n", what, wait.revents & POLLIN ? " in" : "", wait.revents & POLLOUT ? " out" : "",
	       wait.revents & POLLRDHUP ? " end" : "", wait.revents & POLLHUP ? " hangup" : "", wait.revents & POLLERR ? " error" : "",
	       wait.revents & POLLNVAL ? " invalid" : "");
	fflush(stdout);
}

#endif
