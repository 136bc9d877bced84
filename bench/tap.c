/* SPDX-License-Identifier: ISC */
/*
 * tap.c -- the network calls of solo5.h and uk.h as a Linux process makes them, straight on a TAP interface
 *
 * usage: PROGRAM INTERFACE [ARGUMENT...]
 *
 * Linked with a guest's source: the same loop, without a virtual machine.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "uk.h"

enum { HANDLE = 1, FRAME = 12288 };

static int tap;
static uint8_t received[FRAME], sent[FRAME];

solo5_time_t solo5_clock_monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (solo5_time_t)now.tv_sec * 1000000000 + (solo5_time_t)now.tv_nsec;
}

void solo5_console_write(const char *buf, size_t size)
{
	if (write(STDOUT_FILENO, buf, size) < 0)
		err(1, "write");
}

void solo5_exit(int status)
{
	exit(status);
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
	struct pollfd ready = {.fd = tap, .events = POLLIN};
	int count = poll(&ready, 1, deadline ? -1 : 0);

	if (ready_set)
		*ready_set = count > 0 ? 1 << HANDLE : 0;
}

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle, struct solo5_net_info *info)
{
	(void)name;
	*handle = HANDLE;
	*info = (struct solo5_net_info){{2, 0, 0, 0, 0, 2}, 1500};
	return SOLO5_R_OK;
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size)
{
	(void)handle;
	return write(tap, buf, size) < 0 ? SOLO5_R_EUNSPEC : SOLO5_R_OK;
}

solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size)
{
	ssize_t count = read(tap, buf, size);

	(void)handle;
	*read_size = count > 0 ? (size_t)count : 0;
	return count > 0 ? SOLO5_R_OK : SOLO5_R_AGAIN;
}

solo5_result_t uk_net_reserve(solo5_handle_t handle, uint8_t **frame)
{
	(void)handle;
	*frame = sent;
	return SOLO5_R_OK;
}

solo5_result_t uk_net_commit(solo5_handle_t handle, size_t size)
{
	return solo5_net_write(handle, sent, size);
}

solo5_result_t uk_net_take(solo5_handle_t handle, const uint8_t **frame, size_t *size)
{
	*frame = received;
	return solo5_net_read(handle, received, sizeof(received), size);
}

solo5_result_t uk_net_release(solo5_handle_t handle, const uint8_t *frame)
{
	(void)handle;
	(void)frame;
	return SOLO5_R_OK;
}

int main(int argc, char **argv)
{
	struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
	struct solo5_start_info info = {0};
	char line[512] = "";

	if (argc < 2)
		errx(2, "no interface given");
	strncpy(request.ifr_name, argv[1], IFNAMSIZ - 1);
	tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
	if (tap < 0 || ioctl(tap, TUNSETIFF, &request))
		err(1, "%s", argv[1]);
	for (int i = 2; i < argc; i++) {
		strncat(line, i > 2 ? " " : "", sizeof(line) - 1 - strlen(line));
		strncat(line, argv[i], sizeof(line) - 1 - strlen(line));
	}
	info.cmdline = line;
	return solo5_app_main(&info);
}
