/* SPDX-License-Identifier: ISC */
/* loop.c -- a computation, as a guest or, with process.c, as a Linux process */
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
