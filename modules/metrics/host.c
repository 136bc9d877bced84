/* SPDX-License-Identifier: ISC */
/*
 * metrics/host.c -- --metrics: a socket, or a port of this machine
 *
 * Other machines can reach neither. A proxy can show them the figures, and
 * decide which of them may see these.
 */
#include "core.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "serve.h"

enum { WAITING_MOST = 16 };             /* clients, while one is served */

static const char *place;               /* the option's value; NULL: nothing is shown */

void option_metrics(unsigned device, const char *value)
{
	(void)device;
	place = value;
}

/* the port behind a prefix of the value; 0 if the value has another */
static uint16_t port_behind(const char *prefix)
{
	size_t length = strlen(prefix);

	return strncmp(place, prefix, length) ? 0 : (uint16_t)number_parse("metrics", place + length, 1, UINT16_MAX);
}

static int listen_port(const void *address, socklen_t length, int family)
{
	int listener = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;

	if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) || bind(listener, address, length) ||
	    listen(listener, WAITING_MOST))
		fail("--metrics=%s:", place);
	return listener;
}

static int listen_place(void)
{
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};

	if (!strncmp(place, "unix:", 5))
		return listen_unix("metrics", place + 5, WAITING_MOST);
	if ((four.sin_port = htons(port_behind("127.0.0.1:"))))
		return listen_port(&four, sizeof(four), AF_INET);
	if ((six.sin6_port = htons(port_behind("[::1]:"))))
		return listen_port(&six, sizeof(six), AF_INET6);
	fail("--metrics=%s: accepted are unix:PATH, 127.0.0.1:PORT and [::1]:PORT", place);
}

void metrics_setup(void)
{
	if (!place)
		return;
	descriptor_place(listen_place(), FD_METRICS_LISTENER);
	/* closes nothing: no descriptor has that number */
	if (syscall(SYS_close_range, ~0u, ~0u, 0) && (errno == ENOSYS || errno == EPERM))
		fail("--metrics=%s: this needs close_range (Linux 5.9), and a container that allows it:", place);
	thread_start(serve, &metrics_filter);
}
