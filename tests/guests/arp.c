/* SPDX-License-Identifier: ISC */
/*
 * arp.c -- sends ARP requests for 192.0.2.1, and prints what happens
 *
 * Argument: the number of answers to wait for. Sends a request each second. Prints
 * "answer" for each answer, "down" and "up" when the device's back end is lost and
 * returns, after which it waits for one more answer.
 */
#include <string.h>

#include "solo5.h"
#include "uk.h"

static struct solo5_net_info net;
static solo5_handle_t handle;
static uint8_t buffer[2048];

static void say(const char *text)
{
	solo5_console_write(text, strlen(text));
}

/* RFC 826: Ethernet, IPv4, request; from 192.0.2.2 */
static solo5_result_t ask(void)
{
	uint8_t frame[60] = {
		255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 8, 6,
		0, 1, 8, 0, 6, 4, 0, 1, 0, 0, 0, 0, 0, 0, 192, 0, 2, 2, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1,
	};

	memcpy(frame + 6, net.mac_address, SOLO5_NET_ALEN);
	memcpy(frame + 22, net.mac_address, SOLO5_NET_ALEN);
	return solo5_net_write(handle, frame, sizeof(frame));
}

static bool is_answer(size_t size)
{
	static const uint8_t answer[8] = {0, 1, 8, 0, 6, 4, 0, 2}, address[4] = {192, 0, 2, 1};

	return size >= 42 && !memcmp(buffer, net.mac_address, SOLO5_NET_ALEN) &&
		!memcmp(buffer + 14, answer, sizeof(answer)) && !memcmp(buffer + 28, address, sizeof(address));
}

/* one second of listening; true if there was an answer */
static bool listen(void)
{
	solo5_time_t end = solo5_clock_monotonic() + 1000000000;
	size_t size;

	do {
		while (solo5_net_read(handle, buffer, sizeof(buffer), &size) == SOLO5_R_OK)
			if (is_answer(size))
				return true;
		solo5_yield(end, NULL);
	} while (solo5_clock_monotonic() < end);
	return false;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	int wanted = info->cmdline[0] - '0';
	bool up = true;

	if (solo5_net_acquire("service", &handle, &net) != SOLO5_R_OK)
		return 2;
	while (wanted) {
		solo5_result_t result = ask();

		if (result != SOLO5_R_OK && result != SOLO5_R_EUNSPEC)
			return 3;
		if (up != (result == SOLO5_R_OK)) {
			up = !up;
			say(up ? "up\n" : "down\n");
		}
		if (listen()) {
			say("answer\n");
			wanted--;
			if (wanted)
				while (uk_net_is_up(handle))
					solo5_yield(solo5_clock_monotonic() + 100000000, NULL);
		}
	}
	return 0;
}
