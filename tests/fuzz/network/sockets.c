/* SPDX-License-Identifier: ISC */
/*
 * sockets.c -- a guest with sockets in which nothing may be left after an input
 *
 * Waits let the peer go on. At the end all descriptors are closed; what they had in
 * use, of the heap and of every pool, must be free again.
 */
#include "sockets.h"

#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk_lwip.h>

#include "../libc/calls/clock.h"
/* musl's own words */
#define hidden
#define weak
#include "../libc/calls/descriptor.c"
#include "../libc/calls/poll.c"
#undef hidden
#undef weak

#include "lwip/priv/tcp_priv.h"
#include "lwip/udp.h"

#include "buffer.h"
#include "peer.h"
#include "sockets_config.h"

enum { TURNS_MOST = 2000, PORT = 7 };

/* the sanitizer's: GCC has no header for it */
size_t __sanitizer_get_current_allocated_bytes(void);

void guest_arguments_take(int *count, char **words);

struct file guest_console, guest_console_input;
void (*guest_clock_waiter)(uint64_t end);
static void (*peer_goes_on)(void);
static unsigned turns;
static size_t room, allocated;

int clock_wait(uint64_t end)
{
	if (!input_is_left() || turns++ > TURNS_MOST) {
		if (end == CLOCK_NEVER)
			return SIGNALS_INTERRUPT;
		if (end > peer_now)
			peer_now = end;
	} else {
		peer_goes_on();
	}
	uk_lwip_move();
	return SIGNALS_NONE;
}

int clock_look(void)
{
	uk_lwip_move();
	return SIGNALS_NONE;
}

/* how much could be received and not read */
static size_t room_find(void)
{
	size_t least = 0, most = (size_t)CONFIG_SOCKETS_RECEIVE_KB * 1024;

	while (least < most) {
		size_t middle = (least + most + 1) / 2;

		if (buffer_admits(0, middle))
			least = middle;
		else
			most = middle - 1;
	}
	return least;
}

static void all_close(void)
{
	for (long i = 0; i < guest_descriptors_count; i++)
		if (descriptor_file(i))
			descriptor_close(i);
	while (tcp_active_pcbs)
		tcp_abort(tcp_active_pcbs);
	while (tcp_tw_pcbs)
		tcp_abort(tcp_tw_pcbs);
	peer_forgotten();
}

void sockets_start(char **words, int count, void (*peer)(void))
{
	const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = PORT, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	peer_goes_on = peer;
	signal(SIGPIPE, SIG_IGN);
	guest_arguments_take(&count, words);
	/* with what the first socket, and the first that is connected, keep for ever */
	if (guest_sys_socket(AF_INET, SOCK_DGRAM, 0) || guest_sys_connect(0, (const struct sockaddr *)&to, sizeof(to)))
		abort();
	all_close();
	room = room_find();
	peer_memory_note();
}

void sockets_begin(const uint8_t *data, size_t size)
{
	turns = 0;
	allocated = __sanitizer_get_current_allocated_bytes();
	peer_known();
	input_begin(data, size);
}

void sockets_end(void)
{
	all_close();
	peer_memory_check();
	if (room_find() != room || tcp_listen_pcbs.listen_pcbs || tcp_bound_pcbs || udp_pcbs) {
		fprintf(stderr, "of received bytes, or of sockets, something is left\n");
		abort();
	}
	if (__sanitizer_get_current_allocated_bytes() != allocated) {
		fprintf(stderr, "%zu bytes of the heap are in use, and were %zu\n", __sanitizer_get_current_allocated_bytes(), allocated);
		abort();
	}
}

/* the linker script's; here nothing lies between them */
const char guest_constants[1], guest_constants_end[1];
