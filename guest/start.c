/* SPDX-License-Identifier: ISC */
/* start.c -- the guest's first instructions: stack protector, constructors, the application */
#include "guest.h"

extern void (*const init_array_start[])(int, char **, char **), (*const init_array_end[])(int, char **, char **);

_Noreturn void _start(void);

void __stack_chk_fail(void)
{
	solo5_abort();
}

__attribute__((optimize("no-stack-protector"))) _Noreturn void _start(void)
{
	struct solo5_start_info info = {
		.cmdline = (const char *)boot_info->core.command_line,
		.heap_start = boot_info->core.heap_start,
		.heap_size = boot_info->core.heap_size,
	};
	char *no_words[1] = {NULL};
	int status;

	/*
	 * The linker makes it __stack_chk_guard: a constant of boot info, so that a small guest touches no page of
	 * variables. If it had that name here, the assembler would take its address for a displacement in this file.
	 */
	__asm__(".globl guest_stack_guard\n\t.set guest_stack_guard, %c0" :: "i"(&boot_info->core.stack_guard));
	libraries_start(&info);
	for (size_t i = 0; i < (size_t)(init_array_end - init_array_start); i++)
		init_array_start[i](0, no_words, no_words);
	status = solo5_app_main(&info);
	destructors_run();
	solo5_exit(status);
}
