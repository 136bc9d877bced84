/* SPDX-License-Identifier: ISC */
/* net/host_samples.c -- figures of each device: those of SIGUSR1, and bytes and losses, which are counted here */
#include "samples.h"

#include "counted.h"
#include "net.h"

static struct {
	uint64_t bytes[DIRECTIONS];
	uint64_t lost, restarts;
} counts[NET_DEVICES];

void counted_frame(unsigned d, enum direction direction, uint32_t size)
{
	count_add(&counts[d].bytes[direction], size);
}

void counted_lost(unsigned d)
{
	count_add(&counts[d].lost, 1);
}

void counted_restart(unsigned d)
{
	count_add(&counts[d].restarts, 1);
}

static const uint64_t *frames_of(unsigned d, enum direction direction)
{
	return direction == SEND ? net_devices[d].sent : net_devices[d].received;
}

static const char *const directions[DIRECTIONS] = {[SEND] = "sent", [RECEIVE] = "received"};

static void drops_sample(unsigned d, enum direction direction)
{
	static const struct {
		enum outcome outcome;
		const char *cause;
	} drops[] = {
		{DROPPED_DOWN, "link down"}, {DROPPED_BUSY, "host busy"}, {DROPPED_LONG, "too long"}, {DROPPED_SHORT, "too short"},
		{DROPPED_REFUSED, "refused"},
	};

	for (unsigned i = 0; i < sizeof(drops) / sizeof(drops[0]); i++)
		sample(count_read(&frames_of(d, direction)[drops[i].outcome]),
		       LABELS("device", net_config[d].name, "direction", directions[direction], "cause", drops[i].cause));
}

#define EACH_DEVICE for (unsigned d = 0; d < NET_DEVICES; d++)
#define EACH_DIRECTION EACH_DEVICE for (enum direction direction = SEND; direction < DIRECTIONS; direction++)

void net_sample(void)
{
	sample_family("net_frames_total", "counter", "Frames that passed.");
	EACH_DIRECTION
		sample(count_read(&frames_of(d, direction)[FRAME_MOVED]),
		       LABELS("device", net_config[d].name, "direction", directions[direction]));
	sample_family("net_bytes_total", "counter", "Bytes of the frames that passed, with their Ethernet headers.");
	EACH_DIRECTION
		sample(count_read(&counts[d].bytes[direction]), LABELS("device", net_config[d].name, "direction", directions[direction]));
	sample_family("net_drops_total", "counter", "Frames that were dropped, by cause.");
	EACH_DIRECTION
		drops_sample(d, direction);
	sample_family("net_losses_total", "counter", "How often what is behind a device was gone.");
	EACH_DEVICE
		sample(count_read(&counts[d].lost), LABELS("device", net_config[d].name));
	sample_family("net_restarts_total", "counter", "How often it was back.");
	EACH_DEVICE
		sample(count_read(&counts[d].restarts), LABELS("device", net_config[d].name));
}
