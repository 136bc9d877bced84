/* SPDX-License-Identifier: ISC */
/*
 * filter.c -- allows system calls from the monitor's own text only; one from elsewhere is a trap
 *
 * The generated programs contain no addresses: they are compiled before the
 * appliance is linked. Each is preceded by instructions that compare the instruction pointer with
 * the monitor's text, and with the vDSO's if it allows clock_gettime: the vDSO calls
 * that if the clock can't be read otherwise.
 */
#include <elf.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "monitor.h"
#include "process/process.h"
#include "vm.h"

extern char __ehdr_start[], text_end[];           /* templates/appliance.ld: the libraries' text, then the monitor's */

struct text {
	uint64_t start, end;
};

static struct text text_of_monitor(void)
{
	return (struct text){(uintptr_t)__ehdr_start, (uintptr_t)text_end};
}

/* its first segment is its text; empty if this kernel has no vDSO */
static struct text text_of_vdso(void)
{
	uint64_t start = getauxval(AT_SYSINFO_EHDR);
	const Elf64_Ehdr *header = (const void *)start;
	const Elf64_Phdr *segment;

	if (!start)
		return (struct text){0, 0};
	segment = (const void *)(start + header->e_phoff);
	for (unsigned i = 0; i < header->e_phnum; i++, segment++)
		if (segment->p_type == PT_LOAD)
			return (struct text){start, start + segment->p_memsz};
	return (struct text){0, 0};
}

bool address_is_monitor(uint64_t address)
{
	const struct text monitor = text_of_monitor(), vdso = text_of_vdso();

	return (address >= monitor.start && address < monitor.end) || (address >= vdso.start && address < vdso.end);
}

enum { POINTER_LOW = offsetof(struct seccomp_data, instruction_pointer), POINTER_HIGH = POINTER_LOW + 4, TEXT_TEST = 6 };

/*
 * Falls through if the instruction pointer is outside of text, and jumps over
 * `inside` instructions if it is within. The upper halves of text's bounds may differ;
 * the guest has nothing in between.
 */
static void text_test(struct sock_filter *to, const struct text *text, uint8_t inside)
{
	const struct sock_filter test[TEXT_TEST] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, POINTER_LOW),
		BPF_STMT(BPF_ALU | BPF_SUB | BPF_K, (uint32_t)text->start),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)(text->end - text->start), 3, 0),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, POINTER_HIGH),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(text->start >> 32), (uint8_t)(inside + 1), 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)((text->end - 1) >> 32), inside, 0),
	};

	memcpy(to, test, sizeof(test));
}

/*
 * On the stack, in a page that is in use already: a program has some 100 instructions
 * of 8 bytes. THREAD_FILTER_SIZE limits those of threads, whose stacks are small.
 */
long vm_filter(const struct filter *filter)
{
	const struct text monitor = text_of_monitor();
	unsigned tests = filter->reads_time ? 2 * TEXT_TEST : TEXT_TEST, length = tests + 1 + filter->length;
	struct sock_filter program[length];
	const struct sock_fprog whole = {.len = (unsigned short)length, .filter = program};

	text_test(program, &monitor, (uint8_t)(tests - TEXT_TEST + 1));
	if (filter->reads_time) {
		const struct text vdso = text_of_vdso();

		text_test(program + TEXT_TEST, &vdso, 1);
	}
	program[tests] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
	memcpy(program + tests + 1, filter->program, filter->length * sizeof(*program));
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, &whole);
}
