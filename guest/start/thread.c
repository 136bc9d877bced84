/* SPDX-License-Identifier: ISC */
/*
 * thread.c -- thread-local storage for an application that uses it, or keeps its stack guard there, and sets none up itself
 *
 * Runs before any code of the application, since any function may read its guard there.
 */
#include "guest.h"
#include "thread.h"

/* from the linker script, as large as the variables and what the thread pointer points to */
extern char first_thread[];

extern uintptr_t __stack_chk_guard;

void first_thread_begin(void);

void first_thread_begin(void)
{
	uintptr_t area = (uintptr_t)first_thread, pointer = solo5_tls_tp_offset(area);

	solo5_tls_init(area);
	solo5_set_tls_base(pointer);
	thread_guard_set(pointer, __stack_chk_guard);
}

__attribute__((section(".preinit_array.1"), used)) static void (*const begin)(void) = first_thread_begin;
