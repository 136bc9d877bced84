/* SPDX-License-Identifier: ISC */
/*
 * step.h -- single steps and changed registers of a guest in a process
 *
 * The guest goes on from a signal's frame only, where all of its registers can
 * be set. A guest in state gate gets a frame that looks like one.
 */
#ifndef STEP_H
#define STEP_H

#include "process/process.h"

/* before registers are set: the guest has a frame from which it goes on */
void steps_begin(void);

/* what is executed next is the gate: the guest traps when it is back from there */
void step_behind_gate(void);

/* --- of the architecture (ARCH/debug/registers.c) --- */

/* fills a frame from the gate's, with trap for its exception; uses and returns the same frame each time */
ucontext_t *context_from_gate(uint64_t trap);

/* the next instruction alone, or no longer */
void context_step(ucontext_t *context, bool step);
bool context_steps(const ucontext_t *context);

#endif
