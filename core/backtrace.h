/* SPDX-License-Identifier: ISC */
/* backtrace.h -- where the guest is, and from where it was called */
#ifndef BACKTRACE_H
#define BACKTRACE_H

#include <stdint.h>

/* what a backtrace begins with: registers of the guest */
struct backtrace {
	uint64_t program, stack, frame;
	uint64_t link;          /* where a call leaves its return address, if that is a register */
};

/* prints a line for the program counter, and one for each caller that the frame pointers lead to */
void backtrace_report(const struct backtrace *from);

#endif
