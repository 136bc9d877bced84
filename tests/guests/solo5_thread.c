/* SPDX-License-Identifier: ISC */
/*
 * solo5_thread.c -- thread-local variables of two threads, one of them aligned to more than the bindings' own 64 bytes
 *
 * Exit status 0 if all holds, else the number of the check.
 */
#include "solo5.h"

static __thread volatile int number = 7;
static __thread volatile char wide[256] __attribute__((aligned(128))) = "wide";
static __thread volatile long cleared[20];

/* compilers take it that the thread pointer never changes in a function */
#define OTHER_FUNCTION __attribute__((noinline)) static

OTHER_FUNCTION void set(int value, long last)
{
	number = value;
	cleared[19] = last;
}

OTHER_FUNCTION int is(int value, long last)
{
	return number == value && cleared[19] == last;
}

OTHER_FUNCTION int fresh(void)
{
	if (number != 7 || wide[0] != 'w' || wide[3] != 'e' || (uintptr_t)wide % 128)
		return 0;
	for (int i = 0; i < 20; i++)
		if (cleared[i])
			return 0;
	return 1;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	uintptr_t one = (info->heap_start + 127) & ~(uintptr_t)127;
	uintptr_t two = (one + solo5_tls_size() + 127) & ~(uintptr_t)127;
	unsigned char *behind = (unsigned char *)(two + solo5_tls_size());

	if (solo5_tls_size() < sizeof(number) + sizeof(wide) + sizeof(cleared))
		return 1;
	/* what was there before must not matter, and what is behind stays */
	for (unsigned char *at = (unsigned char *)one; at < behind + 64; at++)
		*at = 0xa5;
	if (solo5_tls_init(one) != SOLO5_R_OK || solo5_tls_init(two) != SOLO5_R_OK)
		return 2;
	for (int i = 0; i < 64; i++)
		if (behind[i] != 0xa5)
			return 3;
	if (solo5_set_tls_base(solo5_tls_tp_offset(one)) != SOLO5_R_OK || !fresh())
		return 4;
	set(8, 1);
	if (solo5_set_tls_base(solo5_tls_tp_offset(two)) != SOLO5_R_OK || !fresh())
		return 5;
	set(9, 0);
	solo5_console_write("", 0);
	if (solo5_set_tls_base(solo5_tls_tp_offset(one)) != SOLO5_R_OK || !is(8, 1))
		return 6;
	if (solo5_set_tls_base(solo5_tls_tp_offset(two)) != SOLO5_R_OK || !is(9, 0))
		return 7;
	return 0;
}
