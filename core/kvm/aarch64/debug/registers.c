/* SPDX-License-Identifier: ISC */
/*
 * registers.c -- the registers of 64-bit ARM from KVM and from the trap frame
 *
 * In a trap the processor is at EL1 and its general registers are the vector's;
 * the guest's are in the frame, from which the vector restores them. FP and
 * SIMD registers and the thread pointer always hold the guest's values.
 */
#include <string.h>

#include "aarch64/debug/flat.h"
#include "debug.h"
#include "kvm/debug/watch.h"
#include "kvm/kvm.h"
#include "memory.h"
#include "kvm/aarch64/vcpu.h"
#include "vm.h"

#define MDSCR_EL1               ARM64_SYS_REG(2, 0, 0, 2, 2)

enum {
	MDSCR_SS = 1 << 0,
	MDSCR_MDE = 1 << 15,            /* watchpoints trap */
	PSTATE_STEP = 1 << 21,          /* one instruction is still to be executed */
};

static struct flat got;

static struct trap_frame *trap_frame(void)
{
	return (void *)(memory.base + TRAP_FRAME_ADDRESS);
}

void register_read(uint64_t id, void *value)
{
	struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)value};

	VCPU_IOCTL(KVM_GET_ONE_REG, &reg);
}

void register_write(uint64_t id, const void *value)
{
	struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)value};

	VCPU_IOCTL(KVM_SET_ONE_REG, &reg);
}

static bool in_trap(void)
{
	uint64_t pstate;

	register_read(CORE_REGISTER(regs.pstate), &pstate);
	return pstate & PSTATE_MODE;
}

/* KVM's number of x0 to x30, and then sp and pc, as struct user_pt_regs has them */
static uint64_t general_id(unsigned i)
{
	return CORE_REGISTER(regs.regs[0]) + i * (sizeof(uint64_t) / sizeof(uint32_t));
}

static void floating_get(struct flat *flat)
{
	for (unsigned i = 0; i < 32; i++)
		register_read(CORE_REGISTER_OF(fp_regs.vregs[0], KVM_REG_SIZE_U128) + i * 4, flat->v[i]);
	register_read(CORE_REGISTER_OF(fp_regs.fpsr, KVM_REG_SIZE_U32), &flat->fpsr);
	register_read(CORE_REGISTER_OF(fp_regs.fpcr, KVM_REG_SIZE_U32), &flat->fpcr);
}

/* writes only those that differ from what registers_get returned */
static void floating_set(const struct flat *flat)
{
	for (unsigned i = 0; i < 32; i++)
		if (memcmp(flat->v[i], got.v[i], sizeof(flat->v[i])))
			register_write(CORE_REGISTER_OF(fp_regs.vregs[0], KVM_REG_SIZE_U128) + i * 4, flat->v[i]);
	if (flat->fpsr != got.fpsr)
		register_write(CORE_REGISTER_OF(fp_regs.fpsr, KVM_REG_SIZE_U32), &flat->fpsr);
	if (flat->fpcr != got.fpcr)
		register_write(CORE_REGISTER_OF(fp_regs.fpcr, KVM_REG_SIZE_U32), &flat->fpcr);
}

void registers_get(struct registers *registers)
{
	struct flat *flat = (void *)registers;
	const struct trap_frame *frame = trap_frame();
	uint64_t pstate;

	vcpu_settle();
	memset(registers, 0, sizeof(*registers));
	if (in_trap()) {
		memcpy(flat->x, frame->x, sizeof(flat->x));
		flat->sp = frame->sp;
		flat->pc = frame->pc;
		pstate = frame->pstate;
	} else {
		for (unsigned i = 0; i < 33; i++)       /* x, sp, pc */
			register_read(general_id(i), (uint8_t *)flat + i * sizeof(uint64_t));
		register_read(CORE_REGISTER(regs.pstate), &pstate);
	}
	flat->cpsr = (uint32_t)pstate & ~(uint32_t)PSTATE_STEP;
	floating_get(flat);
	register_read(TPIDR_EL0, &flat->tpidr);
	if (has_pointer_authentication)
		flat->data_mask = flat->code_mask = SIGNATURE_MASK;
	got = *flat;
}

void debug_control_set(bool step)
{
	uint64_t mdscr = (step ? MDSCR_SS : 0) | (watches_used() ? MDSCR_MDE : 0);

	trap_frame()->mdscr = mdscr;
	register_write(MDSCR_EL1, &mdscr);
}

void registers_set(const struct registers *registers, bool step)
{
	const struct flat *flat = (const void *)registers;
	struct trap_frame *frame = trap_frame();
	uint64_t pstate = (flat->cpsr & PSTATE_USER) | PSTATE_EL0 | (step ? PSTATE_STEP : 0);

	if (in_trap()) {
		memcpy(frame->x, flat->x, sizeof(frame->x));
		frame->sp = flat->sp;
		frame->pc = flat->pc;
		frame->pstate = pstate;
	} else {
		for (unsigned i = 0; i < 33; i++)
			if (memcmp((const uint8_t *)flat + i * sizeof(uint64_t), (uint8_t *)&got + i * sizeof(uint64_t),
				   sizeof(uint64_t)))
				register_write(general_id(i), (const uint8_t *)flat + i * sizeof(uint64_t));
		register_write(CORE_REGISTER(regs.pstate), &pstate);
	}
	floating_set(flat);
	if (flat->tpidr != got.tpidr)
		register_write(TPIDR_EL0, &flat->tpidr);
	debug_control_set(step);
	got = *flat;
}
