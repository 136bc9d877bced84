/* SPDX-License-Identifier: ISC */
/*
 * step.c -- single steps of a guest in a process, including over the gate
 *
 * A step into the gate would continue in the monitor. So the gate runs without
 * stepping, and the guest traps when it returns from the hypercall, at the
 * instruction after its call, as in a virtual machine.
 */
#include "process/debug/step.h"

#include "debug.h"

static bool behind_gate;        /* the guest traps when its current hypercall has returned */

/* makes the guest resume from a signal frame instead of the gate; trap is why it stopped, 0 in a hypercall */
static void step_from_gate(uint64_t trap)
{
	static siginfo_t info;

	info = (siginfo_t){.si_signo = SIGTRAP, .si_code = trap ? TRAP_TRACE : 0};
	interruption = (struct interruption){context_from_gate(trap), &info, process_guest_thread};
}

/* the hooks before the guest resumes and after a signal: true if it stops again, or resumes */
static bool step_before_run(void)
{
	if (!behind_gate || interruption.context)
		return false;
	behind_gate = false;
	step_from_gate(PROCESS_TRAP_STEP);
	return true;
}

void step_behind_gate(void)
{
	behind_gate = true;
}

static bool step_reached_gate(void)
{
	ucontext_t *context = interruption.context;

	if (!context_steps(context) || context_program_counter(context) != (uintptr_t)process_gate)
		return false;
	context_step(context, false);
	step_behind_gate();
	return true;
}

static const struct process_steps steps = {.before_run = step_before_run, .reached_gate = step_reached_gate};

void steps_begin(void)
{
	process_steps = &steps;
	if (!interruption.context)
		step_from_gate(0);
}

/* a process can use the processor's watchpoints only by ptrace(2) */
bool watch_add(uint64_t address, uint64_t size, bool reads)
{
	(void)address, (void)size, (void)reads;
	return false;
}

void watch_remove(uint64_t address, uint64_t size, bool reads)
{
	(void)address, (void)size, (void)reads;
}

bool watch_test(void)
{
	return false;
}
