/* SPDX-License-Identifier: ISC */
/*
 * process.h -- the guest as code in the monitor's own process: shared by the files of core/process/
 *
 * One thread alternates between monitor and guest. Each has its own stack and thread
 * pointer; the gate (ARCH/gate.c) switches both. While the monitor runs, the guest is
 * in one of two states:
 *
 *   gate       it called the gate: its callee-saved registers are on its stack
 *   signal     a trap or another signal interrupted it: all of its registers are in the
 *              signal frame, on the signal stack. All signals remain blocked until
 *              rt_sigreturn resumes it.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

/* returned by process_run instead of a hypercall's number: a signal came; the monitor has to look before the guest runs */
enum { LEFT_BY_SIGNAL = -1, NOT_ENTERED = -2 };

/* --- the gate (ARCH/gate.c) --- */

extern uint64_t process_guest_stack, process_guest_thread;     /* in state gate */
extern uint64_t process_monitor_thread;

/*
 * Runs the guest and returns the hypercall's number or LEFT_BY_SIGNAL. In state
 * signal context is the frame's and thread the guest's thread pointer; in state
 * gate context is NULL. Does not enter the guest while process_interrupted is set.
 */
int process_run(ucontext_t *context, uint64_t thread);

/* a signal arrived while the monitor ran, and process_run has not returned for it yet */
extern volatile bool process_interrupted;

/*
 * From the first of these to the second process_run looks at process_interrupted
 * and enters the guest. A handler that interrupts it there makes it continue at the third.
 */
void process_entry(void), process_entry_end(void), process_entry_back(void);

/* from a signal handler: makes process_run return LEFT_BY_SIGNAL */
_Noreturn void process_leave(void);

/* the guest calls this to exit to the monitor; its address is in boot info */
void process_gate(void);

/*
 * The gate may jump to this on the monitor's stack: serves a hypercall, and ends with
 * process_resume, which enters the guest after its call of the gate. If it returns,
 * process_run returns the same.
 */
int process_call(unsigned number);
int process_resume(void);

/* the signal handler: loads the monitor's thread pointer, then calls signal_handle */
void process_signal(int number, siginfo_t *info, void *context);

/* the return address of signal handlers */
void process_signal_return(void);

/* clock_gettime(2) for a guest whose kernel has no vDSO */
int process_clock(int id, void *time);

/* makes a frame below stack from which process_run calls entry; returns its address */
uint64_t process_first_frame(uint64_t entry, uint64_t stack);

/* fails if this processor or kernel lacks what the gate needs */
void process_check(void);

/* --- the guest's registers in a signal's frame (ARCH/context.c) --- */

uint64_t context_program_counter(const ucontext_t *context);
void context_program_counter_set(ucontext_t *context, uint64_t address);
uint64_t context_stack(const ucontext_t *context);

/* fills in the trap frame of a virtual machine from a signal frame */
struct trap_frame;
void context_trap_frame(struct trap_frame *frame, const siginfo_t *info, const ucontext_t *context);

/* 64-bit ARM: the content of the frame's record of a type, NULL if there is none; whether return addresses are signed */
void *context_record(const ucontext_t *context, uint32_t type);
bool process_signs(void);

/* --- signals (signal.c) --- */

/* of a guest in state signal; context is NULL otherwise */
extern struct interruption {
	ucontext_t *context;
	siginfo_t *info;
	uint64_t thread;
} interruption;

/* true if the guest itself caused the signal; only while there is a context */
bool interruption_is_trap(void);

/* installs handlers for traps, on a separate stack; before the sandbox closes */
void signals_start(void);

/* describes the signal stack, for a frame */
void sigaltstack_get(stack_t *stack);

/* --- single steps (debug/step.c): NULL until a debugger wants one --- */

/* the exception of a single step, as context_from_gate takes it */
enum { PROCESS_TRAP_STEP = 1 };

extern const struct process_steps {
	bool (*before_run)(void);       /* true: the guest has trapped already */
	bool (*reached_gate)(void);     /* true: the trap is handled, the guest resumes */
} *process_steps;

/* --- the addresses from which system calls are allowed (filter.c) --- */

bool address_is_monitor(uint64_t address);

#endif
