/* SPDX-License-Identifier: ISC: what ukgen new --net adds, behind this line */

/* counts the frames that come in the first second */
static void service_use(void)
{
	static uint8_t frame[16384];
	const solo5_time_t end = solo5_clock_monotonic() + 1000000000;
	struct solo5_net_info info;
	solo5_handle_t service;
	uint64_t count = 0;
	size_t size;

	if (solo5_net_acquire("service", &service, &info) != SOLO5_R_OK || info.mtu + SOLO5_NET_HLEN > sizeof(frame)) {
		say("service: cannot be used\n");
		solo5_exit(SOLO5_EXIT_FAILURE);
	}
	while (solo5_clock_monotonic() < end) {
		solo5_yield(end, NULL);
		while (solo5_net_read(service, frame, sizeof(frame), &size) == SOLO5_R_OK)
			count++;
	}
	say("service: ");
	say_number(count);
	say(" frames in a second\n");
}
