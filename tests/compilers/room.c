/* SPDX-License-Identifier: ISC */
/* room.c -- 3 GiB of static data, for the large memory model: each place is a variable of its own */
#include "say.h"

#define SIZE (3ul << 30)

static char room[SIZE], last, first = 'a';
static volatile char *const places[] = {room, room + SIZE / 2, room + SIZE - 1, &last, &first};

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	for (int i = 0; i < 5; i++)
		*places[i] += (char)(i + 1);
	for (int i = 0; i < 5; i++)
		say("place", *places[i]);
	return 3;
}
