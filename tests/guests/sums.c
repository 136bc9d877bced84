/* SPDX-License-Identifier: ISC */
/* sums.c -- waits for a UDP datagram, and prints whether its checksum is right */
#include <string.h>

#include "solo5.h"
#include "uk.h"

enum { ETHERNET = 14, IP = 20, UDP = 8, PROTOCOL = 9, ADDRESSES = 12 };

static void say(const char *text)
{
	solo5_console_write(text, strlen(text));
}

static uint32_t word(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

/* of a datagram in a packet without options: the sum of all of it and its pseudo-header is -0 */
static bool is_right(const uint8_t *packet)
{
	const uint8_t *datagram = packet + IP;
	uint32_t size = word(datagram + 4), sum = packet[PROTOCOL] + size;

	for (unsigned i = 0; i < 8; i += 2)
		sum += word(packet + ADDRESSES + i);
	for (uint32_t i = 0; i + 1 < size; i += 2)
		sum += word(datagram + i);
	if (size % 2)
		sum += (uint32_t)datagram[size - 1] << 8;
	sum = (sum & 0xffff) + (sum >> 16);
	return (sum & 0xffff) + (sum >> 16) == 0xffff && word(datagram + 6);
}

int solo5_app_main(const struct solo5_start_info *info)
{
	struct solo5_net_info net;
	solo5_handle_t handle;
	const uint8_t *frame;
	size_t size;

	(void)info;
	if (solo5_net_acquire("service", &handle, &net) != SOLO5_R_OK)
		return 2;
	say("ready\n");
	for (;;) {
		while (uk_net_take(handle, &frame, &size) == SOLO5_R_OK) {
			if (size >= ETHERNET + IP + UDP && frame[12] == 8 && frame[13] == 0 && frame[ETHERNET + PROTOCOL] == 17) {
				say(is_right(frame + ETHERNET) ? "right\n" : "wrong\n");
				return 0;
			}
			uk_net_release(handle, frame);
		}
		solo5_yield(UINT64_MAX, NULL);
	}
}
