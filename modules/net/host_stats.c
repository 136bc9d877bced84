/* SPDX-License-Identifier: ISC */
/* net/host_stats.c -- counters of frames: one line per device and direction, on SIGUSR1 */
#include "net.h"

/* another thread may be counting at the same time */
static unsigned long count_of(const uint64_t *frames, enum outcome outcome)
{
	return __atomic_load_n(&frames[outcome], __ATOMIC_RELAXED);
}

static void line_print(unsigned d, const char *direction, const uint64_t *frames)
{
	message("device \"%s\": frames %s %lu; dropped: link down %lu, host busy %lu, too long %lu, too short %lu, refused %lu",
		net_config[d].name, direction, count_of(frames, FRAME_MOVED), count_of(frames, DROPPED_DOWN),
		count_of(frames, DROPPED_BUSY), count_of(frames, DROPPED_LONG), count_of(frames, DROPPED_SHORT),
		count_of(frames, DROPPED_REFUSED));
}

void stats_print(void)
{
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		line_print(d, "sent", net_devices[d].sent);
		line_print(d, "received", net_devices[d].received);
	}
}
