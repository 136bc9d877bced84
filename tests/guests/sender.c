/* SPDX-License-Identifier: ISC */
/*
 * sender.c -- sends frames as fast as it can, and ends
 *
 * Arguments: device, size and count; then "copies" to use solo5.h's calls, or
 * "time" to send the same frame repeatedly and print the ns that one took
 */
#include <string.h>

#include "solo5.h"
#include "uk.h"

enum { HEADER = SOLO5_NET_HLEN, FRAME = 12288 };

static const char *next;
static uint8_t frame[FRAME];

static size_t number(void)
{
	size_t value = 0;

	for (; *next >= '0' && *next <= '9'; next++)
		value = value * 10 + (size_t)(*next - '0');
	next += *next == ' ';
	return value;
}

/* as tests/peers/frames.c expects it */
static void frame_make(uint8_t *to, size_t size, uint32_t n)
{
	static const uint8_t header[HEADER] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5};

	memcpy(to, header, HEADER);
	for (size_t i = HEADER; i < size; i++)
		to[i] = (uint8_t)(n >> 8 * (i & 3)) ^ (uint8_t)(i >> 2);
}

static void time_say(solo5_time_t each)
{
	char digits[24], *digit = digits + sizeof(digits) - 2;

	digit[1] = 0;
	*digit = '\n';
	do
		*--digit = (char)('0' + each % 10);
	while (each /= 10);
	solo5_console_write(digit, strlen(digit));
}

/* what is still in the rings at the end is little of many */
static int send_timed(solo5_handle_t handle, size_t size, size_t count)
{
	solo5_time_t began = solo5_clock_monotonic();

	frame_make(frame, size, 0);
	for (size_t n = 0; n < count; n++)
		if (solo5_net_write(handle, frame, size) != SOLO5_R_OK)
			return 4;
	time_say((solo5_clock_monotonic() - began) / count);
	return 0;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	struct solo5_net_info net;
	solo5_handle_t handle;
	char name[16] = "";
	size_t size, count, length;
	bool copies;

	next = info->cmdline;
	for (length = 0; length < sizeof(name) - 1 && *next && *next != ' '; length++)
		name[length] = *next++;
	next += *next == ' ';
	size = number();
	count = number();
	copies = !strcmp(next, "copies");
	if (solo5_net_acquire(name, &handle, &net) != SOLO5_R_OK || size > sizeof(frame))
		return 2;
	if (!strcmp(next, "time"))
		return send_timed(handle, size, count);
	for (uint32_t n = 0; n < count; n++) {
		uint8_t *place;

		if (!copies && uk_net_reserve(handle, &place) == SOLO5_R_OK) {
			frame_make(place, size, n);
			if (uk_net_commit(handle, size) != SOLO5_R_OK)
				return 3;
			continue;
		}
		frame_make(frame, size, n);
		if (solo5_net_write(handle, frame, size) != SOLO5_R_OK)
			return 4;
	}
	return 0;
}
