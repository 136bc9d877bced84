/* SPDX-License-Identifier: ISC */
/* flat.c -- the registers of x86-64 in GDB's order: where each is, and how it looks in XSAVE areas, trap frames and core files */
#include "x86_64/debug/flat.h"

#include <elf.h>
#include <string.h>

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

struct xsave xsave_area;

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

void flat_floating_get(struct flat *flat, const struct xsave *area)
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

void flat_floating_set(struct xsave *area, const struct flat *flat)
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

void flat_frame_get(struct flat *flat, const struct trap_frame *frame)
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
	struct xsave area = {.mxcsr_mask = xsave_area.mxcsr_mask};

	memcpy(status->pr_reg, general, sizeof(general));
	flat_floating_set(&area, flat);
	memcpy(floating, &area, sizeof(*floating));
}

unsigned registers_notes(const struct registers *registers, struct register_note notes[REGISTER_NOTES_MAX])
{
	(void)registers;
	(void)notes;
	return 0;
}
