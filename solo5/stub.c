/* SPDX-License-Identifier: ISC */
/*
 * stub.c -- all of solo5.h, for linking without an ABI
 *
 * Configure scripts link programs only to learn which functions exist. They
 * are never run; a program linked so that is run all the same just loops.
 */
#include <solo5.h>

void _start(void);
void __stack_chk_fail(void);

uintptr_t __stack_chk_guard;

void _start(void)
{
	for (;;)
		;
}

void __stack_chk_fail(void)
{
	_start();
}

void solo5_exit(int status)
{
	(void)status;
	for (;;)
		;
}

void solo5_abort(void)
{
	for (;;)
		;
}

#define NOTHING(name, ...) solo5_result_t name(__VA_ARGS__) { return SOLO5_R_EUNSPEC; }
#pragma GCC diagnostic ignored "-Wunused-parameter"

NOTHING(solo5_net_acquire, const char *name, solo5_handle_t *handle, struct solo5_net_info *info)
NOTHING(solo5_net_write, solo5_handle_t handle, const uint8_t *buf, size_t size)
NOTHING(solo5_net_read, solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size)
NOTHING(solo5_block_acquire, const char *name, solo5_handle_t *handle, struct solo5_block_info *info)
NOTHING(solo5_block_write, solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
NOTHING(solo5_block_read, solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
NOTHING(solo5_tls_init, uintptr_t tls)
NOTHING(solo5_set_tls_base, uintptr_t base)

size_t solo5_tls_size(void)
{
	return 0;
}

uintptr_t solo5_tls_tp_offset(uintptr_t tls)
{
	return tls;
}

solo5_time_t solo5_clock_monotonic(void)
{
	return 0;
}

solo5_time_t solo5_clock_wall(void)
{
	return 0;
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
	(void)deadline, (void)ready_set;
}

void solo5_console_write(const char *buf, size_t size)
{
	(void)buf, (void)size;
}
