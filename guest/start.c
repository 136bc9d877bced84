/* SPDX-License-Identifier: ISC */
/* start.c -- the guest's first instructions: stack protector, constructors, the application */
#include "guest.h"

extern void (*const init_array_start[])(int, char **, char **), (*const init_array_end[])(int, char **, char **);

uintptr_t __stack_chk_guard;

_Noreturn void _start(void);

void __stack_chk_fail(void)
{
	solo5_abort();
}

__attribute__((optimize("no-stack-protector"))) _Noreturn void _start(void)
{
	static struct solo5_start_info info;
	char *no_words[1] = {NULL};
	int status;

	/* the lowest byte is 0, so that no string function can copy the guard */
	__stack_chk_guard = boot_info->core.stack_guard & ~0xfful;
	info = (struct solo5_start_info){
		.cmdline = (const char *)boot_info->core.command_line,
		.heap_start = boot_info->core.heap_start,
		.heap_size = boot_info->core.heap_size,
	};
	libraries_start(&info);
	for (size_t i = 0; i < (size_t)(init_array_end - init_array_start); i++)
		init_array_start[i](0, no_words, no_words);
	status = solo5_app_main(&info);
	destructors_run();
	solo5_exit(status);
}
