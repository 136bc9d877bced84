/* SPDX-License-Identifier: ISC */
/*
 * registers.c -- the registers of x86-64 in GDB's order, from KVM and from the trap frame
 *
 * In a trap stub the processor is in supervisor mode and its own registers are
 * the stub's; the guest's are in the frame. To leave the trap, they go back to
 * the processor with user mode's code and stack segments: the stub never returns.
 */
#include <elf.h>
#include <string.h>

#include "debug.h"
#include "kvm/kvm.h"
#include "memory.h"
#include "kvm/x86_64/vcpu.h"
#include "vm.h"

enum { FLAGS_STEP = 1 << 8 };           /* RFLAGS.TF */

/* struct registers, and register_description in target.c, field by field */
struct flat {
	uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8, r9, r10, r11, r12, r13, r14, r15, rip;
	uint32_t eflags, cs, ss, ds, es, fs, gs;
	uint8_t st[8][10];
	uint32_t fctrl, fstat, ftag, fiseg, fioff, foseg, fooff, fop;
	uint8_t xmm[16][16];
	uint32_t mxcsr;
	uint64_t fs_base, gs_base;
	uint8_t ymmh[16][16];
} __attribute__((packed));

_Static_assert(sizeof(struct flat) <= REGISTERS_MAX, "registers fit");

/* the XSAVE area in its standard format: Intel SDM volume 1, 13.4 */
struct xsave {
	uint16_t fcw, fsw;
	uint8_t ftw, reserved;
	uint16_t fop;
	uint64_t fip, fdp;
	uint32_t mxcsr, mxcsr_mask;
	uint8_t st[8][16], xmm[16][16];
	uint8_t unused[96];
	uint64_t present;               /* components that are not in their initial state */
	uint8_t header[56];
	uint8_t ymmh[16][16];
	uint8_t others[3264];
};

_Static_assert(sizeof(struct xsave) == sizeof(struct kvm_xsave), "the XSAVE area is what KVM takes");
_Static_assert(offsetof(struct xsave, ymmh) == 576, "AVX state is where the standard format has it");

#define PLACE(field)            {offsetof(struct flat, field), sizeof(((struct flat *)0)->field)}
#define PLACES_8(array)         PLACE(array[0]), PLACE(array[1]), PLACE(array[2]), PLACE(array[3]), \
				PLACE(array[4]), PLACE(array[5]), PLACE(array[6]), PLACE(array[7])
#define PLACES_16(array)        PLACES_8(array), PLACE(array[8]), PLACE(array[9]), PLACE(array[10]), PLACE(array[11]), \
				PLACE(array[12]), PLACE(array[13]), PLACE(array[14]), PLACE(array[15])

const struct register_place register_places[] = {
	PLACE(rax), PLACE(rbx), PLACE(rcx), PLACE(rdx), PLACE(rsi), PLACE(rdi), PLACE(rbp), PLACE(rsp),
	PLACE(r8), PLACE(r9), PLACE(r10), PLACE(r11), PLACE(r12), PLACE(r13), PLACE(r14), PLACE(r15),
	PLACE(rip), PLACE(eflags), PLACE(cs), PLACE(ss), PLACE(ds), PLACE(es), PLACE(fs), PLACE(gs),
	PLACES_8(st), PLACE(fctrl), PLACE(fstat), PLACE(ftag), PLACE(fiseg), PLACE(fioff), PLACE(foseg),
	PLACE(fooff), PLACE(fop), PLACES_16(xmm), PLACE(mxcsr), PLACE(fs_base), PLACE(gs_base), PLACES_16(ymmh),
};
const unsigned register_count = sizeof(register_places) / sizeof(register_places[0]);
const uint8_t register_keys[REGISTER_KEYS] = {[REGISTER_STACK] = 7, [REGISTER_FRAME] = 6, [REGISTER_PROGRAM] = 16};
const uint16_t registers_machine = EM_X86_64;

static struct xsave xsave;              /* as the processor has it since registers_get */
static struct flat got;
static bool step_is_ours;               /* RFLAGS.TF is set because of registers_set */

static bool in_trap(const struct kvm_sregs *sregs)
{
	return !(sregs->cs.selector & 3);
}

static struct trap_frame *trap_frame(void)
{
	return (void *)(memory.base + TRAP_FRAME_ADDRESS);
}

/* two bits a register: 0 valid, 1 zero, 2 special, 3 empty; XSAVE has only empty or not. SDM volume 1, 8.1.7 */
static uint32_t tags_expand(const struct xsave *area)
{
	unsigned top = area->fsw >> 11 & 7;
	uint32_t tags = 0;

	for (unsigned i = 0; i < 8; i++) {
		const uint8_t *st = area->st[(i - top) & 7];
		unsigned exponent = (st[9] & 0x7fu) << 8 | st[8];
		uint64_t mantissa;
		uint32_t tag = 3;

		memcpy(&mantissa, st, sizeof(mantissa));
		if (area->ftw & 1u << i)
			tag = exponent == 0x7fff || !(mantissa >> 63) ? 2 : 0;
		if (tag == 2 && !exponent && !mantissa)
			tag = 1;
		tags |= tag << 2 * i;
	}
	return tags;
}

static uint8_t tags_fold(uint32_t tags)
{
	uint8_t folded = 0;

	for (unsigned i = 0; i < 8; i++)
		if ((tags >> 2 * i & 3) != 3)
			folded |= (uint8_t)(1u << i);
	return folded;
}

static void floating_get(struct flat *flat, const struct xsave *area)
{
	for (unsigned i = 0; i < 8; i++)
		memcpy(flat->st[i], area->st[i], sizeof(flat->st[i]));
	flat->fctrl = area->fcw;
	flat->fstat = area->fsw;
	flat->ftag = tags_expand(area);
	flat->fop = area->fop;
	flat->fioff = (uint32_t)area->fip;
	flat->fiseg = area->fip >> 32 & 0xffff;
	flat->fooff = (uint32_t)area->fdp;
	flat->foseg = area->fdp >> 32 & 0xffff;
	memcpy(flat->xmm, area->xmm, sizeof(flat->xmm));
	flat->mxcsr = area->mxcsr;
	memcpy(flat->ymmh, area->ymmh, sizeof(flat->ymmh));
}

static void floating_set(struct xsave *area, const struct flat *flat)
{
	for (unsigned i = 0; i < 8; i++)
		memcpy(area->st[i], flat->st[i], sizeof(flat->st[i]));
	area->fcw = (uint16_t)flat->fctrl;
	area->fsw = (uint16_t)flat->fstat;
	area->ftw = tags_fold(flat->ftag);
	area->fop = (uint16_t)flat->fop;
	area->fip = flat->fioff | (uint64_t)flat->fiseg << 32;
	area->fdp = flat->fooff | (uint64_t)flat->foseg << 32;
	memcpy(area->xmm, flat->xmm, sizeof(flat->xmm));
	area->mxcsr = flat->mxcsr;
	memcpy(area->ymmh, flat->ymmh, sizeof(flat->ymmh));
}

static void general_get(struct flat *flat, const struct kvm_regs *regs)
{
	memcpy(flat, regs, 6 * sizeof(uint64_t));               /* rax to rdi */
	flat->rbp = regs->rbp;
	flat->rsp = regs->rsp;
	memcpy(&flat->r8, &regs->r8, 8 * sizeof(uint64_t));
	flat->rip = regs->rip;
	flat->eflags = (uint32_t)regs->rflags;
}

static void frame_get(struct flat *flat, const struct trap_frame *frame)
{
	flat->rax = frame->rax;
	flat->rbx = frame->rbx;
	flat->rcx = frame->rcx;
	flat->rdx = frame->rdx;
	flat->rsi = frame->rsi;
	flat->rdi = frame->rdi;
	flat->rbp = frame->rbp;
	flat->rsp = frame->rsp;
	flat->r8 = frame->r8;
	flat->r9 = frame->r9;
	flat->r10 = frame->r10;
	flat->r11 = frame->r11;
	flat->r12 = frame->r12;
	flat->r13 = frame->r13;
	flat->r14 = frame->r14;
	flat->r15 = frame->r15;
	flat->rip = frame->rip;
	flat->eflags = (uint32_t)frame->rflags;
}

void registers_get(struct registers *registers)
{
	struct flat *flat = (void *)registers;
	struct kvm_sregs sregs;
	struct kvm_regs regs;

	vcpu_settle();
	VCPU_IOCTL(KVM_GET_REGS, &regs);
	VCPU_IOCTL(KVM_GET_SREGS, &sregs);
	VCPU_IOCTL(KVM_GET_XSAVE, &xsave);
	memset(registers, 0, sizeof(*registers));
	if (in_trap(&sregs))
		frame_get(flat, trap_frame());
	else
		general_get(flat, &regs);
	if (step_is_ours)
		flat->eflags &= ~(uint32_t)FLAGS_STEP;
	flat->cs = CODE_SELECTOR_USER;
	flat->ss = DATA_SELECTOR_USER;
	flat->ds = sregs.ds.selector;
	flat->es = sregs.es.selector;
	flat->fs = sregs.fs.selector;
	flat->gs = sregs.gs.selector;
	flat->fs_base = sregs.fs.base;
	flat->gs_base = sregs.gs.base;
	floating_get(flat, &xsave);
	got = *flat;
}

/* selectors stay as they are: user mode has no others */
static void segments_set(const struct flat *flat)
{
	struct kvm_sregs sregs;

	VCPU_IOCTL(KVM_GET_SREGS, &sregs);
	if (!in_trap(&sregs) && sregs.fs.base == flat->fs_base && sregs.gs.base == flat->gs_base)
		return;
	sregs.cs = CODE_SEGMENT_USER;
	sregs.ss = DATA_SEGMENT_USER;
	sregs.tr.type = tss_type();
	sregs.fs.base = flat->fs_base;
	sregs.gs.base = flat->gs_base;
	VCPU_IOCTL(KVM_SET_SREGS, &sregs);
}

void registers_set(const struct registers *registers, bool step)
{
	enum { XSAVE_PARTS = 0x7 };     /* x87, SSE, AVX; others stay as they are */
	const struct flat *flat = (const void *)registers;
	/* what user mode may change of the flags: SDM volume 1, figure 3-8 */
	uint64_t flags = (flat->eflags & 0x244dd5) | 2 | (step ? FLAGS_STEP : 0);
	struct kvm_regs regs = {
		.rax = flat->rax, .rbx = flat->rbx, .rcx = flat->rcx, .rdx = flat->rdx,
		.rsi = flat->rsi, .rdi = flat->rdi, .rbp = flat->rbp, .rsp = flat->rsp,
		.r8 = flat->r8, .r9 = flat->r9, .r10 = flat->r10, .r11 = flat->r11,
		.r12 = flat->r12, .r13 = flat->r13, .r14 = flat->r14, .r15 = flat->r15,
		.rip = flat->rip, .rflags = flags,
	};

	step_is_ours = step;
	segments_set(flat);
	if (memcmp(flat->st, got.st, offsetof(struct flat, fs_base) - offsetof(struct flat, st)) ||
	    memcmp(flat->ymmh, got.ymmh, sizeof(got.ymmh))) {
		floating_set(&xsave, flat);
		xsave.present |= XSAVE_PARTS & (xcr0 | 3);
		VCPU_IOCTL(KVM_SET_XSAVE, &xsave);
	}
	/* last: it also drops an exception that KVM has pending from before */
	VCPU_IOCTL(KVM_SET_REGS, &regs);
}

uint64_t registers_program_counter(const struct registers *registers)
{
	return ((const struct flat *)(const void *)registers)->rip;
}

void registers_program_counter_set(struct registers *registers, uint64_t address)
{
	((struct flat *)(void *)registers)->rip = address;
}

void registers_dump(const struct registers *registers, struct elf_prstatus *status, elf_fpregset_t *floating)
{
	const struct flat *flat = (const void *)registers;
	/* in the order of struct user_regs_struct (sys/user.h) */
	const elf_gregset_t general = {
		flat->r15, flat->r14, flat->r13, flat->r12, flat->rbp, flat->rbx, flat->r11, flat->r10,
		flat->r9, flat->r8, flat->rax, flat->rcx, flat->rdx, flat->rsi, flat->rdi,
		(elf_greg_t)-1,         /* orig_rax: not in a system call */
		flat->rip, flat->cs, flat->eflags, flat->rsp, flat->ss, flat->fs_base, flat->gs_base,
		flat->ds, flat->es, flat->fs, flat->gs,
	};
	struct xsave area = {.mxcsr_mask = xsave.mxcsr_mask};

	memcpy(status->pr_reg, general, sizeof(general));
	floating_set(&area, flat);
	memcpy(floating, &area, sizeof(*floating));
}

unsigned registers_notes(const struct registers *registers, struct register_note notes[REGISTER_NOTES_MAX])
{
	(void)registers;
	(void)notes;
	return 0;
}
