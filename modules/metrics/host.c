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
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
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

/* a socket that an earlier appliance left: nothing listens there */
static void unix_clear(const struct sockaddr_un *address)
{
	int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct stat status;

	if (!lstat(address->sun_path, &status) && S_ISSOCK(status.st_mode) &&
	    connect(probe, (const struct sockaddr *)address, sizeof(*address)) && errno == ECONNREFUSED)
		unlink(address->sun_path);
	close(probe);
}

/* the umask decides which users may connect */
static int bind_path(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (!*path || strlen(path) >= sizeof(address.sun_path))
		fail("--metrics=%s: a socket's path has 1 to %lu characters", place, (unsigned long)sizeof(address.sun_path) - 1);
	strcpy(address.sun_path, path);
	unix_clear(&address);
	if (listener < 0 || bind(listener, (const struct sockaddr *)&address, sizeof(address)))
		fail("--metrics=%s:", place);
	return listener;
}

static int bind_port(const void *address, socklen_t length, int family)
{
	int listener = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;

	if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) || bind(listener, address, length))
		fail("--metrics=%s:", place);
	return listener;
}

static int bind_place(void)
{
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};

	if (!strncmp(place, "unix:", 5))
		return bind_path(place + 5);
	if ((four.sin_port = htons(port_behind("127.0.0.1:"))))
		return bind_port(&four, sizeof(four), AF_INET);
	if ((six.sin6_port = htons(port_behind("[::1]:"))))
		return bind_port(&six, sizeof(six), AF_INET6);
	fail("--metrics=%s: accepted are unix:PATH, 127.0.0.1:PORT and [::1]:PORT", place);
}

void metrics_setup(void)
{
	int listener;

	if (!place)
		return;
	listener = bind_place();
	if (listen(listener, WAITING_MOST))
		fail("--metrics=%s:", place);
	descriptor_place(listener, FD_METRICS_LISTENER);
	/* closes nothing: no descriptor has that number */
	if (syscall(SYS_close_range, ~0u, ~0u, 0) && (errno == ENOSYS || errno == EPERM))
		fail("--metrics=%s: this needs close_range (Linux 5.9), and a container that allows it:", place);
	thread_start(serve, &metrics_filter);
}
