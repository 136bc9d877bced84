/* SPDX-License-Identifier: ISC */
/*
 * net/host_pace.c -- --net-rate: bytes and frames of each device that pass in a second, in each direction
 *
 * One timer serves all of them. It ends at the earliest time at which a held
 * direction may resume, or earlier: the thread that it wakes makes a pass over the devices,
 * which holds anew what is still too early, and sets the timer again.
 */
#include "pace.h"

#include <sys/timerfd.h>
#include <time.h>

#include "net.h"

static struct pace {
	struct bucket bytes, frames;
	bool held;
} paces[NET_DEVICES][DIRECTIONS];

static uint64_t timer_at;               /* when it ends or ended, as time_now has it */

/* both directions have the same limits */
void option_net_rate(unsigned d, const char *value)
{
	buckets_parse("net-rate", net_config[d].name, value, "frames", &paces[d][SEND].bytes, &paces[d][SEND].frames);
	paces[d][RECEIVE] = paces[d][SEND];
}

bool pace_limits(unsigned d)
{
	return paces[d][SEND].bytes.rate || paces[d][SEND].frames.rate;
}

void pace_setup(void)
{
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (timer < 0)
		fail("timer of the network:");
	descriptor_place(timer, FD_NET_PACE);
	for (unsigned d = 0; d < NET_DEVICES; d++)
		for (unsigned i = 0; i < DIRECTIONS; i++) {
			bucket_start("net-rate", net_config[d].name, &paces[d][i].bytes, NET_LONGEST(net_devices[d].mtu));
			bucket_start("net-rate", net_config[d].name, &paces[d][i].frames, 1);
		}
}

static void timer_set(uint64_t wait)
{
	const struct itimerspec time = {.it_value = {(time_t)(wait / 1000000000), (long)(wait % 1000000000)}};
	uint64_t now = time_now();

	if (timer_at > now && timer_at <= now + wait)
		return;
	timer_at = now + wait;
	timerfd_settime(FD_NET_PACE, 0, &time, NULL);
}

void pace_release(unsigned d, enum direction direction)
{
	paces[d][direction].held = false;
}

bool pace_allows(unsigned d, enum direction direction, uint32_t size)
{
	struct pace *pace = &paces[d][direction];
	uint64_t bytes = bucket_wait(&pace->bytes, size), frames = bucket_wait(&pace->frames, 1);

	pace->held = bytes || frames;
	if (pace->held)
		timer_set(bytes > frames ? bytes : frames);
	return !pace->held;
}

void pace_count(unsigned d, enum direction direction, uint32_t size)
{
	bucket_take(&paces[d][direction].bytes, size);
	bucket_take(&paces[d][direction].frames, 1);
}

bool pace_holds(unsigned d, enum direction direction)
{
	return paces[d][direction].held;
}

int pace_descriptor(void)
{
	return FD_NET_PACE;
}

void pace_wait_choose(struct pollfd *wait)
{
	bool held = false;

	for (unsigned d = 0; d < NET_DEVICES; d++)
		for (unsigned i = 0; i < DIRECTIONS; i++)
			held |= paces[d][i].held;
	*wait = (struct pollfd){.fd = held ? FD_NET_PACE : -1, .events = POLLIN};
}
