/* SPDX-License-Identifier: ISC */
/* solo5_started.c -- what a starter gave it: command line, Ethernet address, and the first word on its disk */
#include "solo5.h"

static size_t length_of(const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return length;
}

static void say(const char *text)
{
	solo5_console_write(text, length_of(text));
}

static void say_address(const uint8_t *address)
{
	static const char digits[] = "0123456789abcdef";
	char text[3 * SOLO5_NET_ALEN];

	for (unsigned i = 0; i < SOLO5_NET_ALEN; i++) {
		text[3 * i] = digits[address[i] >> 4];
		text[3 * i + 1] = digits[address[i] & 15];
		text[3 * i + 2] = ':';
	}
	text[sizeof(text) - 1] = 0;
	say(text);
}

int solo5_app_main(const struct solo5_start_info *info)
{
	static uint8_t sector[4096];
	struct solo5_net_info net;
	struct solo5_block_info block;
	solo5_handle_t service, storage;

	if (solo5_net_acquire("service", &service, &net) != SOLO5_R_OK ||
	    solo5_block_acquire("storage", &storage, &block) != SOLO5_R_OK || block.block_size > sizeof(sector) ||
	    solo5_block_read(storage, 0, sector, block.block_size) != SOLO5_R_OK)
		return 1;
	sector[16] = 0;
	say("[");
	say(info->cmdline);
	say("] ");
	say_address(net.mac_address);
	say(" ");
	say((const char *)sector);
	say("\n");
	/* a server: until it is ended */
	for (;;)
		solo5_yield(solo5_clock_monotonic() + 1000000000, NULL);
}
