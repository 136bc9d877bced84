/* SPDX-License-Identifier: ISC */
/* main.c -- a monitor from start to end: lay the guest out, close the sandbox, serve hypercalls */
#include <string.h>
#include <sys/auxv.h>

#include "machine/image.h"
#include "memory.h"
#include "monitor.h"
#include "vm.h"

static void boot_info_fill(void)
{
	struct core_info *info = &boot_info()->core;
	uint64_t guard;

	info->heap_start = image.end;
	info->heap_size = memory.arrangement.heap_end - image.end;
	info->command_line = command_line_place();
	/* of the kernel's 16 random bytes the first 8 are the monitor's own guard; no string function can copy one that begins with a 0 */
	memcpy(&guard, (const uint8_t *)getauxval(AT_RANDOM) + 8, sizeof(guard));
	info->stack_guard = guard & ~0xfful;
}

volatile bool guest_is_running;

/* what both hosts do for each hypercall; inline, since each return after a system call may cost a misprediction */
#define OFTEN inline __attribute__((always_inline))

static OFTEN void guest_resumes(void)
{
	/* another thread ended the guest and interrupted this one */
	if (guest_is_over)
		guest_stop();
	hooks_refresh();
	hooks_enter();
	guest_is_running = true;
}

OFTEN void hypercall_serve(unsigned number)
{
	guest_is_running = false;
	hooks_leave((int)number);
	((struct hypercall_page *)(memory.base + ARGUMENTS_ADDRESS))->result = dispatch(number);
	guest_resumes();
}

static _Noreturn void run(void)
{
	hooks_enter();
	guest_is_running = true;
	for (;;) {
		unsigned number;

		switch (vm_run(&number)) {
		case EXIT_HYPERCALL:
			hypercall_serve(number);
			continue;
		case EXIT_TRAP:
			guest_is_running = false;
			hooks_leave(LEAVE_TRAP);
			if (hooks_trap())
				break;
			trap_report();
			guest_stop();
		case EXIT_AGAIN:
			guest_is_running = false;
			hooks_leave(LEAVE_SIGNAL);
			hooks_interrupt();
			break;
		}
		guest_resumes();
	}
}

int main(int argc, char **argv)
{
	message_begin_with(argv[0]);
	descriptors_complete();
	/* frees the fixed numbers, which inherited descriptors may have */
	if (FD_END > FD_FIRST)
		descriptors_close(FD_FIRST, ~0u);
	signals_default();
	memory.size = memory_default;
	options_parse(argc, argv);
	vm_create();
	time_prepare();
	memory_create();
	boot_info_fill();
	hooks_setup();
	vm_prepare(image.entry, memory.stack_top);
	sandbox_close();
	hooks_start();
	run();
}
