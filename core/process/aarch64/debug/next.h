/* SPDX-License-Identifier: ISC */
/* next.h -- finds the instruction that is executed next, since a process can't single-step itself */
#ifndef NEXT_H
#define NEXT_H

#include <stdint.h>
#include <ucontext.h>

/* the address of the instruction that is executed after the one at the program counter */
uint64_t next_instruction(const mcontext_t *registers);

#endif
