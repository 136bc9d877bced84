/* SPDX-License-Identifier: ISC */
/* loop.c -- the same computation as a guest and as a Linux process; process.c calls it there */
#include <solo5.h>

int solo5_app_main(const struct solo5_start_info *info)
{
	uint64_t state = 88172645463325252u;

	(void)info;
	for (unsigned i = 0; i < 300000000; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
	}
	return state == 0;
}
