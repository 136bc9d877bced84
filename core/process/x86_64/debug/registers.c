/* SPDX-License-Identifier: ISC */
/*
 * registers.c -- the registers of x86-64 from a signal's frame, or from the gate's
 *
 * In state gate only callee-saved registers have a value. The kernel's frame has
 * floating-point state in XSAVE or FXSAVE format:
 * arch/x86/include/uapi/asm/sigcontext.h.
 */
#include <string.h>

#include "debug.h"
#include "process/debug/step.h"
#include "process/process.h"
#include "x86_64/debug/flat.h"
#include "x86_64/debug/vectors.h"

enum {
	XSTATE_MAGIC = 0x46505853,
	XSTATE_MAGIC_OFFSET = 464, XSTATE_SIZE_OFFSET = 480,    /* in the FXSAVE area's unused bytes */
	FXSAVE_SIZE = 512,
	COMPONENT_SSE = 2, COMPONENT_AVX = 4,
	CONTEXT_KEEPS_SS = 2,                   /* UC_SIGCONTEXT_SS: the selector of SS counts */
	USER_CS = 0x33, USER_SS = 0x2b,
};

/* what the gate pushes on the guest's stack, and the return address of the guest's call */
struct gate_frame {
	uint64_t r15, r14, r13, r12, rbp, rbx, rip;
};

static struct flat got;

static const struct gate_frame *gate_frame(void)
{
	return (const void *)process_guest_stack;
}

static uint8_t *floating_area(const ucontext_t *context)
{
	return (void *)context->uc_mcontext.fpregs;
}

static uint32_t word_at(const uint8_t *area, unsigned offset)
{
	uint32_t word;

	memcpy(&word, area + offset, sizeof(word));
	return word;
}

/* size of the part of the area that struct xsave covers */
static size_t floating_size(const uint8_t *area)
{
	size_t size = FXSAVE_SIZE;

	if (word_at(area, XSTATE_MAGIC_OFFSET) == XSTATE_MAGIC)
		size = word_at(area, XSTATE_SIZE_OFFSET);
	return size < sizeof(struct xsave) ? size : sizeof(struct xsave);
}

ucontext_t *context_from_gate(uint64_t trap)
{
	static ucontext_t context;
	static uint8_t floating[FXSAVE_SIZE] __attribute__((aligned(64)));
	const struct gate_frame *frame = gate_frame();
	greg_t *r = context.uc_mcontext.gregs;
	stack_t stack;

	sigaltstack_get(&stack);
	memset(&context, 0, sizeof(context));
	__asm__ volatile("fxsave %0" : "=m"(floating));
	memset(floating + XSTATE_MAGIC_OFFSET, 0, FXSAVE_SIZE - XSTATE_MAGIC_OFFSET);
	context.uc_flags = CONTEXT_KEEPS_SS;
	context.uc_stack = stack;
	context.uc_mcontext.fpregs = (void *)floating;
	r[REG_R15] = (greg_t)frame->r15;
	r[REG_R14] = (greg_t)frame->r14;
	r[REG_R13] = (greg_t)frame->r13;
	r[REG_R12] = (greg_t)frame->r12;
	r[REG_RBP] = (greg_t)frame->rbp;
	r[REG_RBX] = (greg_t)frame->rbx;
	r[REG_RIP] = (greg_t)frame->rip;
	r[REG_RSP] = (greg_t)(uintptr_t)(frame + 1);
	r[REG_EFL] = 2;
	r[REG_CSGSFS] = (greg_t)((uint64_t)USER_SS << 48 | USER_CS);
	r[REG_TRAPNO] = (greg_t)trap;
	return &context;
}

void context_step(ucontext_t *context, bool step)
{
	greg_t *flags = &context->uc_mcontext.gregs[REG_EFL];

	*flags = step ? *flags | FLAGS_STEP : *flags & ~(greg_t)FLAGS_STEP;
}

bool context_steps(const ucontext_t *context)
{
	return context->uc_mcontext.gregs[REG_EFL] & FLAGS_STEP;
}

static void floating_get(struct flat *flat, const uint8_t *area)
{
	size_t size = floating_size(area);

	memset(&xsave_area, 0, sizeof(xsave_area));
	memcpy(&xsave_area, area, size);
	if (size == FXSAVE_SIZE)
		xsave_area.present = COMPONENT_SSE | 1;
	if (!(xsave_area.present & COMPONENT_AVX))
		memset(xsave_area.ymmh, 0, sizeof(xsave_area.ymmh));
	flat_floating_get(flat, &xsave_area);
}

void registers_get(struct registers *registers)
{
	const ucontext_t *context = interruption.context ? interruption.context : context_from_gate(0);
	struct flat *flat = (void *)registers;
	struct trap_frame frame;

	memset(registers, 0, sizeof(*registers));
	context_trap_frame(&frame, &(siginfo_t){.si_signo = SIGTRAP}, context);
	flat_frame_get(flat, &frame);
	flat->eflags &= ~(uint32_t)FLAGS_STEP;
	flat->cs = USER_CS;
	flat->ss = USER_SS;
	flat->fs_base = interruption.context ? interruption.thread : process_guest_thread;
	/* the guest has set none: ARCH/gate.c */
	if (flat->fs_base == process_monitor_thread)
		flat->fs_base = 0;
	__asm__ volatile("rdgsbase %0" : "=r"(flat->gs_base));
	floating_get(flat, floating_area(context));
	got = *flat;
}

static void general_set(greg_t *r, const struct flat *flat)
{
	const uint64_t values[][2] = {
		{REG_RAX, flat->rax}, {REG_RBX, flat->rbx}, {REG_RCX, flat->rcx}, {REG_RDX, flat->rdx},
		{REG_RSI, flat->rsi}, {REG_RDI, flat->rdi}, {REG_RBP, flat->rbp}, {REG_RSP, flat->rsp},
		{REG_R8, flat->r8}, {REG_R9, flat->r9}, {REG_R10, flat->r10}, {REG_R11, flat->r11},
		{REG_R12, flat->r12}, {REG_R13, flat->r13}, {REG_R14, flat->r14}, {REG_R15, flat->r15},
		{REG_RIP, flat->rip}, {REG_EFL, (flat->eflags & FLAGS_USER) | 2},
	};

	for (unsigned i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		r[values[i][0]] = (greg_t)values[i][1];
}

static void floating_set(uint8_t *area, const struct flat *flat)
{
	size_t size = floating_size(area);

	flat_floating_set(&xsave_area, flat);
	xsave_area.present |= COMPONENT_SSE | 1 | (size > FXSAVE_SIZE ? COMPONENT_AVX : 0);
	memcpy(area, &xsave_area, XSTATE_MAGIC_OFFSET);
	if (size > FXSAVE_SIZE)
		memcpy(area + FXSAVE_SIZE, (const uint8_t *)&xsave_area + FXSAVE_SIZE, size - FXSAVE_SIZE);
}

void registers_set(const struct registers *registers, bool step)
{
	const struct flat *flat = (const void *)registers;

	steps_begin();
	general_set(interruption.context->uc_mcontext.gregs, flat);
	context_step(interruption.context, step);
	interruption.thread = flat->fs_base;
	if (flat->gs_base != got.gs_base)
		__asm__ volatile("wrgsbase %0" : : "r"(flat->gs_base));
	if (memcmp(flat->st, got.st, offsetof(struct flat, fs_base) - offsetof(struct flat, st)) ||
	    memcmp(flat->ymmh, got.ymmh, sizeof(got.ymmh)))
		floating_set(floating_area(interruption.context), flat);
}

bool trap_read(struct trap *trap)
{
	if (!interruption.context || !interruption_is_trap())
		return false;
	*trap = trap_of_vector((uint64_t)interruption.context->uc_mcontext.gregs[REG_TRAPNO]);
	return true;
}
