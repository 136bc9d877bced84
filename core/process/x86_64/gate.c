/* SPDX-License-Identifier: ISC */
/*
 * gate.c -- from monitor to guest and back on x86-64
 *
 * To the guest's compiler, process_gate is a function call, so only callee-saved
 * registers and the stack need to be kept. Both frames have the same form: six
 * registers below a return address. The gate jumps to the monitor, on the monitor's
 * stack below process_run's frame, and the monitor jumps back to it. So the guest's call
 * of the gate and the gate's return nest with all others, and the processor predicts
 * them: of a guest and a monitor that return to each other, it would mispredict three in
 * each hypercall. Where the kernel clears the processor's memory of return addresses, each
 * return less also saves a misprediction.
 */
#include "process/process.h"

#include <sys/auxv.h>

#include "monitor.h"

uint64_t process_guest_stack, process_guest_thread, process_monitor_thread;
volatile bool process_interrupted;
static uint64_t monitor_stack __attribute__((used));

enum { HWCAP2_FSGSBASE_BIT = 1 << 1 };  /* arch/x86/include/uapi/asm/hwcap2.h */

/* with flag AC set, misaligned accesses of the monitor would trap, so it is cleared if the guest has set it */
#define CLEAR_ALIGNMENT_CHECK(label) \
	"pushfq\n\t" \
	"testl $0x40000, (%rsp)\n\t" \
	"jz " label "\n\t" \
	"andl $~0x40000, (%rsp)\n\t" \
	"popfq\n\t" \
	"pushfq\n" \
	label ":\n\t" \
	"lea 8(%rsp), %rsp\n\t"

#define PUSH_SAVED      "push %rbx\n\tpush %rbp\n\tpush %r12\n\tpush %r13\n\tpush %r14\n\tpush %r15\n\t"
#define POP_SAVED       "pop %r15\n\tpop %r14\n\tpop %r13\n\tpop %r12\n\tpop %rbp\n\tpop %rbx\n\t"

void process_check(void)
{
	if (!(getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE_BIT))
		fail("this kernel doesn't let programs set their FS base (FSGSBASE: Linux 5.9, without nofsgsbase, on a processor that has it)");
}

uint64_t process_first_frame(uint64_t entry, uint64_t stack)
{
	uint64_t *frame = (uint64_t *)stack - 8;

	/* zeroes for the registers; after the entry a return address of 0, as if entry had been called */
	for (unsigned i = 0; i < 8; i++)
		frame[i] = 0;
	frame[6] = entry;
	/* a guest that has set none has the monitor's, since a write of FS base takes 12 ns */
	process_guest_thread = (uintptr_t)__builtin_thread_pointer();
	return (uintptr_t)frame;
}

__asm__(".text\n"
	".globl process_run\n\t.type process_run, @function\n"
	"process_run:\n\t"
	"endbr64\n\t"
	PUSH_SAVED
	"mov %rsp, monitor_stack(%rip)\n"
	"process_entry:\n\t"
	"cmpb $0, process_interrupted(%rip)\n\t"
	"jne process_entry_back\n\t"
	"test %rdi, %rdi\n\t"
	"jnz 1f\n\t"
	"mov process_guest_thread(%rip), %rax\n\t"
	"cmp process_monitor_thread(%rip), %rax\n\t"
	"je 2f\n\t"
	"wrfsbase %rax\n"
	"2:\n\t"
	"mov process_guest_stack(%rip), %rsp\n\t"
	POP_SAVED
	"ret\n"
	"1:\n\t"
	"wrfsbase %rsi\n\t"
	"mov %rdi, %rsp\n\t"            /* as after the handler's return: the frame without its return address */
	"mov $15, %eax\n\t"             /* rt_sigreturn */
	"syscall\n"
	"process_entry_end:\n"

	".globl process_gate\n\t.type process_gate, @function\n"
	"process_gate:\n\t"
	"endbr64\n\t"
	PUSH_SAVED
	"mov %rsp, process_guest_stack(%rip)\n\t"
	"rdfsbase %rax\n\t"
	"mov %rax, process_guest_thread(%rip)\n\t"
	"mov process_monitor_thread(%rip), %rcx\n\t"
	"cmp %rax, %rcx\n\t"
	"je 3f\n\t"
	"wrfsbase %rcx\n"
	"3:\n\t"
	"mov monitor_stack(%rip), %rsp\n\t"
	"pushq $process_run_back\n\t"         /* process_call returns there, and the stack is aligned as at a call */
	CLEAR_ALIGNMENT_CHECK("process_gate_aligned")
	"cld\n\t"
	"jmp process_call\n"
	"process_run_back:\n\t"
	POP_SAVED
	"ret\n"

	".globl process_resume\n\t.type process_resume, @function\n"
	"process_resume:\n\t"
	"xor %edi, %edi\n\t"
	"jmp process_entry\n"

	".globl process_leave\n\t.type process_leave, @function\n"
	"process_leave:\n\t"
	"endbr64\n"
	"process_entry_back:\n\t"
	"mov process_monitor_thread(%rip), %rax\n\t"
	"wrfsbase %rax\n\t"
	"mov monitor_stack(%rip), %rsp\n\t"
	POP_SAVED
	"mov $-1, %eax\n\t"             /* LEFT_BY_SIGNAL */
	"ret\n"

	/* the thread pointer is the fourth argument of signal_handle */
	".globl process_signal\n\t.type process_signal, @function\n"
	"process_signal:\n\t"
	"endbr64\n\t"
	CLEAR_ALIGNMENT_CHECK("process_signal_aligned")
	"rdfsbase %rcx\n\t"
	"push %rcx\n\t"
	"mov process_monitor_thread(%rip), %rax\n\t"
	"wrfsbase %rax\n\t"
	"call signal_handle\n\t"
	"pop %rcx\n\t"
	"wrfsbase %rcx\n\t"
	"ret\n"

	".globl process_signal_return\n\t.type process_signal_return, @function\n"
	"process_signal_return:\n\t"
	"mov $15, %eax\n\t"
	"syscall\n"

	".globl process_clock\n\t.type process_clock, @function\n"
	"process_clock:\n\t"
	"endbr64\n\t"
	"mov $228, %eax\n\t"            /* clock_gettime */
	"syscall\n\t"
	"ret\n");
