/* SPDX-License-Identifier: ISC */
/*
 * process.c -- vm.h without a virtual machine: the guest is code in the monitor's process
 *
 * The guest can access everything that the monitor can, and learns its address from
 * the gate. Only the sandbox separates the two from the host.
 */
#include "process/process.h"

#include <unistd.h>

#include "arch.h"
#include "monitor.h"
#include "vm.h"

enum { DOORBELLS_MAX = 256 };

const struct process_steps *process_steps;

static struct trap_frame frame;
static int bells[DOORBELLS_MAX];        /* by number: the eventfd; 0: not a doorbell */

void vm_create(void)
{
	process_check();
}

void vm_doorbell(unsigned number, int event)
{
	if (number >= DOORBELLS_MAX)
		fail("more than %d calls of the guest", DOORBELLS_MAX);
	bells[number] = event;
}

void vm_prepare(uint64_t entry, uint64_t stack)
{
	process_guest_stack = process_first_frame(entry, stack);
	boot_info()->core.gate = (uintptr_t)process_gate;
	signals_start();
}

const struct trap_frame *vm_trap_frame(void)
{
	return &frame;
}

/* the frame that process_run was given, while it is where the guest is */
static ucontext_t *resumed;

static int guest_run(void)
{
	int left;

	resumed = interruption.context;
	interruption.context = NULL;
	left = process_run(resumed, interruption.thread);
	if (left != LEFT_BY_SIGNAL || interruption.context)
		return left;
	/* the guest is where it was */
	interruption.context = resumed;
	process_interrupted = false;
	return NOT_ENTERED;
}

static bool is_bell(unsigned number)
{
	return number < DOORBELLS_MAX && bells[number];
}

static void bell_ring(unsigned number)
{
	static const uint64_t one = 1;

	write(bells[number], &one, sizeof(one));
}

/* A debugger may have given the guest other registers, even in a call: then vm_run begins again. */
int process_call(unsigned number)
{
	if (process_steps)
		return (int)number;
	resumed = NULL;
	if (is_bell(number))
		bell_ring(number);
	else
		hypercall_serve(number);
	if (process_steps)
		return NOT_ENTERED;
	return process_resume();
}

/* a filter's refusal comes behind the instruction, as no other trap of the processor's does */
static void system_call_undo(void)
{
	if (interruption.info->si_signo == SIGSYS)
		context_program_counter_set(interruption.context, context_program_counter(interruption.context) - ARCH_SYSTEM_CALL_SIZE);
}

enum vm_exit vm_run(unsigned *number)
{
	int left;

	if (process_steps && process_steps->before_run())
		return EXIT_TRAP;
	while (is_bell((unsigned)(left = guest_run())))
		bell_ring((unsigned)left);
	if (left == NOT_ENTERED)
		return EXIT_AGAIN;
	if (left != LEFT_BY_SIGNAL) {
		*number = (unsigned)left;
		return EXIT_HYPERCALL;
	}
	if (!interruption_is_trap() || (process_steps && process_steps->reached_gate()))
		return EXIT_AGAIN;
	system_call_undo();
	if (interruption.info->si_signo == SIGBUS && interruption.info->si_code == BUS_ADRERR)
		guest_end("the guest's memory is gone: a file behind it was truncated, or the host is out of memory");
	context_trap_frame(&frame, interruption.info, interruption.context);
	return EXIT_TRAP;
}
