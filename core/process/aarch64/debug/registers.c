/* SPDX-License-Identifier: ISC */
/*
 * registers.c -- the registers of 64-bit ARM from a signal's frame, or from the gate's; single steps by breakpoints
 *
 * In state gate only callee-saved registers have a value. Linux single-steps a
 * process only for ptrace, so a step is a breakpoint at the next instruction, removed
 * when the guest stops.
 */
#include <string.h>

#include "aarch64/debug/exception.h"
#include "aarch64/debug/flat.h"
#include "aarch64/syndrome.h"
#include "debug.h"
#include "machine/aarch64/layout.h"
#include "machine/image.h"
#include "monitor.h"
#include "process/aarch64/debug/next.h"
#include "process/debug/step.h"
#include "process/process.h"
#include "vm.h"

#define SIGNATURE_MASK_PROCESS  0xff7f000000000000ul    /* addresses of a process have 48 bits */
#define ADDRESS_MASK_PROCESS    0xfffffffffffful

enum { RECORD_FLOATING = 0x46508001, CONTEXT_INFO_SIZE = 128 };

/* the record's content: arch/arm64/include/uapi/asm/sigcontext.h */
struct floating {
	uint32_t fpsr, fpcr;
	uint8_t v[32][16];
};

/* what the gate pushes on the guest's stack */
struct gate_frame {
	uint64_t x29, x30, x19_to_28[10];
	uint64_t d8_to_15[8];
};

static struct {
	uint64_t address;               /* 0: no step is under way */
	uint32_t instruction;           /* that the breakpoint replaces */
} step;

ucontext_t *context_from_gate(uint64_t trap)
{
	static struct {
		uint8_t info[CONTEXT_INFO_SIZE];
		ucontext_t context;
	} frame __attribute__((aligned(16)));
	const struct gate_frame *from = (const void *)process_guest_stack;
	const uint32_t head[2] = {RECORD_FLOATING, sizeof(head) + sizeof(struct floating)};
	mcontext_t *to = &frame.context.uc_mcontext;
	struct floating floating = {0};
	uint64_t control, status;

	(void)trap;
	memset(&frame, 0, sizeof(frame));
	sigaltstack_get(&frame.context.uc_stack);
	memcpy(to->regs + 19, from->x19_to_28, sizeof(from->x19_to_28));
	to->regs[29] = from->x29;
	to->regs[30] = to->pc = from->x30 & ADDRESS_MASK_PROCESS;
	to->sp = (uintptr_t)(from + 1);
	for (unsigned i = 0; i < 8; i++)
		memcpy(floating.v[8 + i], &from->d8_to_15[i], sizeof(from->d8_to_15[i]));
	__asm__ volatile("mrs %0, fpcr\n\tmrs %1, fpsr" : "=r"(control), "=r"(status));
	floating.fpcr = (uint32_t)control;
	floating.fpsr = (uint32_t)status;
	memcpy(to->__reserved, head, sizeof(head));
	memcpy((uint8_t *)to->__reserved + sizeof(head), &floating, sizeof(floating));
	return &frame.context;
}

static void instruction_put(uint64_t address, uint32_t instruction)
{
	uint8_t *to = vm_memory_writable(address);

	memcpy(to, &instruction, sizeof(instruction));
	__builtin___clear_cache((char *)to, (char *)to + sizeof(instruction));
	__builtin___clear_cache((char *)address, (char *)address + sizeof(instruction));
}

static void step_take_back(void)
{
	if (step.address)
		instruction_put(step.address, step.instruction);
	step.address = 0;
}

void context_step(ucontext_t *context, bool wanted)
{
	uint64_t next;

	step_take_back();
	if (!wanted)
		return;
	next = next_instruction(&context->uc_mcontext);
	if (next == (uintptr_t)process_gate) {
		step_behind_gate();
	} else if (next >= IMAGE_ADDRESS && next < IMAGE_ADDRESS + image_code_size) {
		memcpy(&step.instruction, (const void *)next, sizeof(step.instruction));
		step.address = next;
		memcpy(&next, breakpoint_code, sizeof(uint32_t));
		instruction_put(step.address, (uint32_t)next);
	}
}

/* the gate is never stepped into */
bool context_steps(const ucontext_t *context)
{
	(void)context;
	return false;
}

static struct floating *floating_of(const ucontext_t *context)
{
	return context_record(context, RECORD_FLOATING);
}

void registers_get(struct registers *registers)
{
	const ucontext_t *context = interruption.context ? interruption.context : context_from_gate(0);
	const mcontext_t *from = &context->uc_mcontext;
	const struct floating *floating = floating_of(context);
	struct flat *flat = (void *)registers;

	step_take_back();
	memset(registers, 0, sizeof(*registers));
	memcpy(flat->x, from->regs, sizeof(flat->x));
	flat->sp = from->sp;
	flat->pc = from->pc;
	flat->cpsr = (uint32_t)from->pstate;
	if (floating) {
		memcpy(flat->v, floating->v, sizeof(flat->v));
		flat->fpsr = floating->fpsr;
		flat->fpcr = floating->fpcr;
	}
	flat->tpidr = interruption.context ? interruption.thread : process_guest_thread;
	if (process_signs())
		flat->data_mask = flat->code_mask = SIGNATURE_MASK_PROCESS;
}

void registers_set(const struct registers *registers, bool step_wanted)
{
	const struct flat *flat = (const void *)registers;
	struct floating *floating;
	mcontext_t *to;

	steps_begin();
	to = &interruption.context->uc_mcontext;
	floating = floating_of(interruption.context);
	memcpy(to->regs, flat->x, sizeof(to->regs));
	to->sp = flat->sp;
	to->pc = flat->pc;
	to->pstate = flat->cpsr & PSTATE_USER;
	if (floating) {
		memcpy(floating->v, flat->v, sizeof(floating->v));
		floating->fpsr = flat->fpsr;
		floating->fpcr = flat->fpcr;
	}
	interruption.thread = flat->tpidr;
	context_step(interruption.context, step_wanted);
}

bool trap_read(struct trap *trap)
{
	struct trap_frame frame;
	bool stepped;

	if (!interruption.context || !interruption_is_trap())
		return false;
	context_trap_frame(&frame, interruption.info, interruption.context);
	*trap = trap_of_class((unsigned)(frame.esr >> CLASS_SHIFT) & CLASS_MASK);
	stepped = trap->kind == TRAP_BREAKPOINT && step.address && step.address == frame.pc;
	step_take_back();
	if (stepped)
		trap->kind = TRAP_STEP;
	return true;
}
