/* SPDX-License-Identifier: ISC */
/*
 * step.h -- single steps and changed registers of a guest in a process
 *
 * Registers can only be set in a signal frame. A guest in state gate gets a frame of
 * the same form.
 */
#ifndef STEP_H
#define STEP_H

#include "process/process.h"

/* to be called before registers are set: makes sure that the guest has a frame */
void steps_begin(void);

/* the next instruction is the gate's: the guest traps when it returns from there */
void step_behind_gate(void);

/* --- of the architecture (ARCH/debug/registers.c) --- */

/* fills in a frame from the gate's registers, with trap as its exception; always returns the same frame */
ucontext_t *context_from_gate(uint64_t trap);

/* turns single-stepping on or off */
void context_step(ucontext_t *context, bool step);
bool context_steps(const ucontext_t *context);

#endif
