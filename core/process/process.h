/* SPDX-License-Identifier: ISC */
/*
 * process.h -- the guest as code of the monitor's own process: what the files of core/process/ share
 *
 * One thread is by turns the monitor and the guest. Each has its stack and its
 * thread pointer; the gate (ARCH/gate.c) changes both. The guest leaves in one
 * of two states:
 *
 *   gate       it called the gate: its callee-saved registers are on its stack
 *   signal     a signal interrupted it, a trap or an asynchronous one: all of its
 *              registers are in the signal's frame, on the signal stack. All
 *              signals stay blocked until rt_sigreturn lets it go on.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

/* what process_enter and process_resume return beside a hypercall's number */
enum { LEFT_BY_SIGNAL = -1 };

/* --- the gate (ARCH/gate.c) --- */

extern uint64_t process_guest_stack, process_guest_thread;     /* in state gate */
extern uint64_t process_monitor_thread;

/* runs the guest from state gate; returns the hypercall's number or LEFT_BY_SIGNAL */
int process_enter(void);

/* the same from state signal: context is of the frame, thread the guest's thread pointer */
int process_resume(ucontext_t *context, uint64_t thread);

/* from a signal handler: makes process_enter or process_resume return LEFT_BY_SIGNAL */
_Noreturn void process_leave(void);

/* what the guest calls to leave; its address is in boot info */
void process_gate(void);

/* what the kernel calls for a signal: takes the monitor's thread pointer, then calls signal_handle */
void process_signal(int number, siginfo_t *info, void *context);

/* what a signal handler returns to */
void process_signal_return(void);

/* clock_gettime(2) for a guest whose kernel has no vDSO */
int process_clock(int id, void *time);

/* a frame from which process_enter calls entry; returns its address, below stack */
uint64_t process_first_frame(uint64_t entry, uint64_t stack);

/* fails with a message if this processor or kernel lacks what the gate needs */
void process_check(void);

/* --- the guest's registers in a signal's frame (ARCH/context.c) --- */

uint64_t context_program_counter(const ucontext_t *context);
void context_program_counter_set(ucontext_t *context, uint64_t address);
uint64_t context_stack(const ucontext_t *context);

/* the trap frame of a virtual machine, from a signal's */
struct trap_frame;
void context_trap_frame(struct trap_frame *frame, const siginfo_t *info, const ucontext_t *context);

/* 64-bit ARM: the content of the frame's record of a type, NULL if there is none; whether return addresses are signed */
void *context_record(const ucontext_t *context, uint32_t type);
bool process_signs(void);

/* --- memory (memory.c) --- */

/* the last setup hook has filled boot info in: the guest can't write it */
void boot_info_close(void);

/* --- signals (signal.c) --- */

/* the guest in state signal: NULL context otherwise */
extern struct interruption {
	ucontext_t *context;
	siginfo_t *info;
	uint64_t thread;
} interruption;

/* it was no signal from outside, but what the guest itself did; while there is a context */
bool interruption_is_trap(void);

/* traps are caught, on a stack of their own; before the sandbox closes */
void signals_start(void);

/* the signal stack, as a frame has it */
void sigaltstack_get(stack_t *stack);

/* --- single steps (debug/step.c): NULL until a debugger wants one --- */

/* the exception of a single step, as context_from_gate takes it */
enum { PROCESS_TRAP_STEP = 1 };

extern const struct process_steps {
	bool (*before_run)(void);       /* true: the guest has trapped already */
	bool (*reached_gate)(void);     /* true: the trap is not to be told, the guest goes on */
} *process_steps;

/* --- the addresses from which system calls are let through (filter.c) --- */

bool address_is_monitor(uint64_t address);

#endif
