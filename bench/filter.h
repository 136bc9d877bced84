/* SPDX-License-Identifier: ISC */
/*
 * filter.h -- installs an appliance's own filter in a process that is compared with it
 *
 * bench/run copies the program from gen/filter.c of the appliance to filter_program.h. As
 * in core/process/filter.c, instructions come first that let calls be made by the
 * program's own text only.
 */
#ifndef FILTER_H
#define FILTER_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "filter_program.h"

extern char __executable_start[], etext[];      /* of a program that is linked at a fixed address, below 4 GiB */

enum { FILTER_TEST = 7, FILTER_LENGTH = sizeof(filter_program) / sizeof(*filter_program), FILTER_POINTER = offsetof(struct seccomp_data, instruction_pointer) };

static inline long filter_install(void)
{
	const struct sock_filter test[FILTER_TEST] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FILTER_POINTER),
		BPF_STMT(BPF_ALU | BPF_SUB | BPF_K, (uint32_t)(uintptr_t)__executable_start),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)(etext - __executable_start), 3, 0),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FILTER_POINTER + 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	};
	struct sock_filter program[FILTER_TEST + FILTER_LENGTH];
	const struct sock_fprog whole = {.len = FILTER_TEST + FILTER_LENGTH, .filter = program};

	memcpy(program, test, sizeof(test));
	memcpy(program + FILTER_TEST, filter_program, sizeof(filter_program));
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, &whole);
}

#endif
