/* SPDX-License-Identifier: ISC */
/*
 * stub.c -- all of solo5.h, for linking without an ABI
 *
 * Configure scripts link programs only to learn which functions exist. A program
 * linked so cannot be run: it names an interpreter that does not exist, so the
 * kernel refuses it at once, and configure concludes that it cross-compiles. An
 * emulator that ignores the name reaches a trap.
 */
#include <solo5.h>

void _start(void);
void __stack_chk_fail(void);

uintptr_t __stack_chk_guard;

/* the path that Solo5's programs name, too */
__attribute__((section(".interp"), used, retain)) static const char interpreter[] = "/nonexistent/solo5/";

void _start(void)
{
	__builtin_trap();
}

void __stack_chk_fail(void)
{
	__builtin_trap();
}

void solo5_exit(int status)
{
	(void)status;
	__builtin_trap();
}

void solo5_abort(void)
{
	__builtin_trap();
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
