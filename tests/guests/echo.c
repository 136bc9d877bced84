/* SPDX-License-Identifier: ISC */
/*
 * echo.c -- sends received frames back on its network devices
 *
 * Arguments: names of devices, then what to do with each:
 *   NAME...        echo on these: every frame returns to its sender, with addresses swapped;
 *                  one whose payload begins with "end" ends the application after its echo
 *   poll           polls for frames without sleeping
 *   sink           sleeps until the first frame, then polls; sends nothing back
 *   copies         use solo5.h's calls instead of uk.h's calls without copies
 */
#include <string.h>

#include "solo5.h"
#include "uk.h"

enum { DEVICES = 8, FRAME = 12288 };

static solo5_handle_t handles[DEVICES];
static unsigned handle_count;
static bool poll, sink, copies, ended;
static uint8_t copy[FRAME];

static void say(const char *text)
{
	solo5_console_write(text, strlen(text));
}

static void hexadecimal(char *to, uint8_t byte)
{
	to[0] = "0123456789abcdef"[byte >> 4];
	to[1] = "0123456789abcdef"[byte & 15];
}

static void acquire(const char *name)
{
	struct solo5_net_info info;
	char line[] = " 00:00:00:00:00:00 mtu 00000\n";
	size_t mtu;

	if (solo5_net_acquire(name, &handles[handle_count], &info) != SOLO5_R_OK) {
		say(name);
		say(" can't be acquired\n");
		solo5_exit(2);
	}
	handle_count++;
	mtu = info.mtu;
	for (unsigned i = 0; i < SOLO5_NET_ALEN; i++)
		hexadecimal(line + 1 + i * 3, info.mac_address[i]);
	for (unsigned i = 27; i > 22; i--, mtu /= 10)
		line[i] = (char)('0' + mtu % 10);
	say(name);
	say(line);
}

static bool is_end(const uint8_t *frame, size_t size)
{
	return size >= SOLO5_NET_HLEN + 3 && !memcmp(frame + SOLO5_NET_HLEN, "end", 3);
}

static void answer(uint8_t *to, const uint8_t *from, size_t size)
{
	memcpy(to, from, size);
	memcpy(to, from + SOLO5_NET_ALEN, SOLO5_NET_ALEN);
	memcpy(to + SOLO5_NET_ALEN, from, SOLO5_NET_ALEN);
	ended |= is_end(from, size);
}

static bool echo_copies(solo5_handle_t handle)
{
	static uint8_t other[FRAME];
	size_t size;

	if (solo5_net_read(handle, copy, sizeof(copy), &size) != SOLO5_R_OK)
		return false;
	answer(other, copy, size);
	solo5_net_write(handle, other, size);
	return true;
}

static bool echo(solo5_handle_t handle)
{
	const uint8_t *frame;
	uint8_t *place;
	size_t size;

	if (copies)
		return echo_copies(handle);
	if (uk_net_take(handle, &frame, &size) != SOLO5_R_OK)
		return false;
	if (sink) {
		ended |= is_end(frame, size);
		poll = true;
	} else if (uk_net_reserve(handle, &place) == SOLO5_R_OK) {
		answer(place, frame, size);
		uk_net_commit(handle, size);
	} else {
		answer(copy, frame, size);
		solo5_net_write(handle, copy, size);
	}
	uk_net_release(handle, frame);
	return true;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	char words[512], *word = words;

	strncpy(words, info->cmdline, sizeof(words) - 1);
	words[sizeof(words) - 1] = 0;
	while (*word) {
		char *blank = strchr(word, ' '), *next = blank ? blank + 1 : word + strlen(word);

		if (blank)
			*blank = 0;
		if (!strcmp(word, "poll"))
			poll = true;
		else if (!strcmp(word, "sink"))
			sink = true;
		else if (!strcmp(word, "copies"))
			copies = true;
		else if (handle_count < DEVICES)
			acquire(word);
		word = next;
	}
	while (!ended) {
		bool any = false;

		for (unsigned i = 0; i < handle_count; i++)
			any |= echo(handles[i]);
		if (!any)
			solo5_yield(poll ? 0 : UINT64_MAX, NULL);
	}
	return 0;
}
