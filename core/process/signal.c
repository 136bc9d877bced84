/* SPDX-License-Identifier: ISC */
/*
 * signal.c -- signals that interrupt the guest, traps among them, or end a wait
 *
 * A handler starts with the guest's thread pointer and, on a stack of its own,
 * above the guest's; process_signal has put the monitor's thread pointer in
 * place when signal_handle runs. What was interrupted is the guest if its
 * program counter is outside of the monitor, or its stack the guest's: it may
 * just have called the gate, or the vDSO. Then the frame stays where it is, and
 * the monitor continues with all signals blocked. A signal that arrives while the
 * monitor is about to enter the guest makes it turn back: process_entry.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "machine/layout.h"
#include "memory.h"
#include "monitor.h"
#include "process/process.h"
#include "vm.h"

/* the kernel's frame with AVX-512 and AMX is 11 KiB */
enum { SIGNAL_STACK = 32 << 10 };

struct interruption interruption;

static uint8_t signal_stack[SIGNAL_STACK] __attribute__((aligned(64), section(".bss.LARGE")));

/* the last one has a handler of the core's already, which is for calls of the monitor's own text */
static const int traps[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS};

static bool signal_is_trap(const siginfo_t *info)
{
	/* what another process sent is none, whatever its number */
	if (info->si_code <= 0 || (info->si_signo == SIGSYS && address_is_monitor((uintptr_t)info->si_call_addr)))
		return false;
	for (unsigned i = 0; i < sizeof(traps) / sizeof(traps[0]); i++)
		if (info->si_signo == traps[i])
			return true;
	return false;
}

bool interruption_is_trap(void)
{
	return signal_is_trap(interruption.info);
}

static bool context_is_guest(const ucontext_t *context)
{
	uint64_t stack = context_stack(context);

	return !address_is_monitor(context_program_counter(context)) ||
		(stack >= PROCESS_ADDRESS && stack <= memory.arrangement.top);
}

/* a wait of the monitor's ends, and the guest is not entered before the monitor has looked */
static void monitor_interrupt(ucontext_t *context)
{
	uint64_t at = context_program_counter(context);

	process_interrupted = true;
	if (at >= (uintptr_t)process_entry && at < (uintptr_t)process_entry_end)
		context_program_counter_set(context, (uintptr_t)process_entry_back);
}

void signal_handle(int number, siginfo_t *info, ucontext_t *context, uint64_t thread);

void signal_handle(int number, siginfo_t *info, ucontext_t *context, uint64_t thread)
{
	if (!signal_is_trap(info))
		signal_came(info);
	if (context_is_guest(context)) {
		interruption = (struct interruption){context, info, thread};
		process_leave();
	}
	if (!signal_is_trap(info)) {
		monitor_interrupt(context);
		return;
	}
	message("the monitor trapped: signal %d at 0x%lx", number, context_program_counter(context));
	_exit(255);
}

void signal_interrupts(int number, int flags)
{
	/* the handler loads it from there, whatever it interrupts */
	process_monitor_thread = (uintptr_t)__builtin_thread_pointer();
	signal_handler_set(number, process_signal, flags | SA_ONSTACK | SA_RESTORER, process_signal_return);
}

void sigaltstack_get(stack_t *stack)
{
	*stack = (stack_t){.ss_sp = signal_stack, .ss_size = sizeof(signal_stack)};
}

void signals_start(void)
{
	stack_t stack;

	sigaltstack_get(&stack);
	if (sigaltstack(&stack, NULL))
		fail("signal stack:");
	/* if another process sends one, the appliance ends, as on the KVM host, which has no handler */
	for (unsigned i = 0; i < sizeof(traps) / sizeof(traps[0]) - 1; i++)
		signal_on(traps[i], signal_ends, 0);
}
