/* SPDX-License-Identifier: ISC */
/* net/stats.c -- says what became of every frame: one line a device and direction, on SIGUSR1 */
#include "net.h"

static void line_print(unsigned d, const char *direction, const uint64_t *frames)
{
	message("device \"%s\": frames %s %lu; dropped: link down %lu, host busy %lu, too long %lu, too short %lu, refused %lu",
		net_config[d].name, direction, frames[FRAME_MOVED], frames[DROPPED_DOWN], frames[DROPPED_BUSY],
		frames[DROPPED_LONG], frames[DROPPED_SHORT], frames[DROPPED_REFUSED]);
}

void stats_print(void)
{
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		line_print(d, "sent", net_devices[d].sent);
		line_print(d, "received", net_devices[d].received);
	}
}
