/* SPDX-License-Identifier: ISC */
/* link.c -- the connection to the debugger: a loopback port, a Unix socket, or standard input and output */
#include "link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "core.h"

enum { LOOK_NS = 50000000 };

static enum { WAY_NONE, WAY_DEFAULT, WAY_PORT, WAY_UNIX, WAY_STANDARD } way;
static uint16_t port, port_default;
static const char *unix_path;
static int input = STDIN_FILENO, output = STDIN_FILENO;
static unsigned char buffer[1024];
static size_t at, end;

void option_gdb(unsigned device, const char *value)
{
	(void)device;
	if (!value) {
		way = WAY_DEFAULT;
	} else if (!strcmp(value, "stdio")) {
		way = WAY_STANDARD;
	} else if (!strncmp(value, "unix:", 5)) {
		way = WAY_UNIX;
		unix_path = value + 5;
	} else if (*value >= '0' && *value <= '9') {
		way = WAY_PORT;
		port = (uint16_t)number_parse("gdb", value, 1, UINT16_MAX);
	} else {
		fail("--gdb=%s: accepted are a port, unix:PATH and stdio", value);
	}
}

/* as in Solo5: the port for --gdb, before or after it on the command line */
void option_gdb_port(unsigned device, const char *value)
{
	(void)device;
	port_default = (uint16_t)number_parse("gdb-port", value, 1, UINT16_MAX);
}

bool link_wanted(void)
{
	return way != WAY_NONE;
}

bool link_is_only(void)
{
	return way == WAY_STANDARD;
}

static int listen_port(void)
{
	const struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;

	/* accepted connections inherit TCP_NODELAY */
	if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) ||
	    bind(listener, (const struct sockaddr *)&address, sizeof(address)) || listen(listener, 1))
		fail("--gdb: port %u:", (unsigned)port);
	return listener;
}

/* Access to the debugger is control over the guest, and every local user can reach a port: so it must be asked for. */
static void way_choose(void)
{
	static char path[sizeof(((struct sockaddr_un *)0)->sun_path) + sizeof(".gdb")];

	if (port_default) {
		way = WAY_PORT;
		port = port_default;
		return;
	}
	way = WAY_UNIX;
	strncpy(path, appliance_name, sizeof(path) - sizeof(".gdb"));
	unix_path = strcat(path, ".gdb");
}

static int listen_path(void)
{
	mode_t mask = umask(077);       /* accessible to its owner only */
	int listener = listen_unix("gdb", unix_path, 1);

	umask(mask);
	return listener;
}

/* standard output carries packets, so the guest's console moves to standard error */
static void standard_take(void)
{
	if (!descriptor_is_inherited(STDIN_FILENO))
		fail("--gdb=stdio: standard input is the guest's; accepted are a port and unix:PATH, too");
	descriptor_place(STDIN_FILENO, FD_GDB_INPUT);
	descriptor_place(STDOUT_FILENO, FD_GDB_OUTPUT);
	if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		fail("--gdb=stdio: standard error:");
	input = FD_GDB_INPUT;
	output = FD_GDB_OUTPUT;
}

/* sent to this thread: the filters of others may not allow rt_sigreturn */
static void timer_start(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGALRM};
	struct itimerspec interval = {{0, LOOK_NS}, {0, LOOK_NS}};
	timer_t timer;

	event.sigev_notify_thread_id = gettid();
	signal_interrupts(SIGALRM, SA_RESTART);
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) ||
	    timer_settime(timer, 0, &interval, NULL))
		fail("--gdb: timer:");
}

void link_setup(void)
{
	if (way == WAY_DEFAULT)
		way_choose();
	if (way == WAY_STANDARD)
		standard_take();
	else
		descriptor_place(way == WAY_PORT ? listen_port() : listen_path(), FD_GDB_LISTENER);
	timer_start();
}

static bool readable(int descriptor, const struct timespec *timeout)
{
	struct pollfd poll = {.fd = descriptor, .events = POLLIN};

	return ppoll(&poll, 1, timeout, NULL) > 0;
}

bool link_accept(void)
{
	if (link_is_only() || !readable(FD_GDB_LISTENER, &(struct timespec){0, 0}))
		return false;
	return accept4(FD_GDB_LISTENER, NULL, NULL, SOCK_CLOEXEC) == STDIN_FILENO;
}

void link_wait(void)
{
	while (!link_is_only() && !link_accept())
		readable(FD_GDB_LISTENER, NULL);
}

bool link_ready(void)
{
	return at < end || readable(input, &(struct timespec){0, 0});
}

int link_read(void)
{
	ssize_t length;

	if (at < end)
		return buffer[at++];
	do
		length = read(input, buffer, sizeof(buffer));
	while (length < 0 && errno == EINTR);
	if (length <= 0)
		return -1;
	at = 1;
	end = (size_t)length;
	return buffer[0];
}

void link_write(const void *text, size_t length)
{
	output_write(output, text, length);
}

void link_close(void)
{
	at = end = 0;
	if (!link_is_only())
		close(STDIN_FILENO);
}
