/* SPDX-License-Identifier: ISC */
/* next.c -- finds the instruction that is executed next: branches of A64, Arm ARM, C4.1.87 and C1.2.4 */
#include "process/aarch64/debug/next.h"

#include <stdbool.h>
#include <string.h>

enum { FLAG_V = 1 << 28, FLAG_C = 1 << 29, FLAG_Z = 1 << 30, LINK = 30, ZERO = 31 };
#define FLAG_N                  (1u << 31)
#define ADDRESS_MASK            0xfffffffffffful        /* an address without its signature */

static bool condition_holds(unsigned condition, uint64_t flags)
{
	bool n = flags & FLAG_N, z = flags & FLAG_Z, c = flags & FLAG_C, v = flags & FLAG_V, holds = true;

	switch (condition >> 1) {
	case 0: holds = z; break;
	case 1: holds = c; break;
	case 2: holds = n; break;
	case 3: holds = v; break;
	case 4: holds = c && !z; break;
	case 5: holds = n == v; break;
	case 6: holds = n == v && !z; break;
	case 7: return true;
	}
	return condition & 1 ? !holds : holds;
}

/* a signed branch distance from a field of the instruction, converted to bytes */
static int64_t distance(uint32_t instruction, unsigned lowest, unsigned bits)
{
	return (int64_t)((uint64_t)instruction << (64 - lowest - bits)) >> (64 - bits) << 2;
}

static uint64_t value_of(const mcontext_t *registers, unsigned number)
{
	return number == ZERO ? 0 : registers->regs[number];
}

static uint64_t branch_to_register(const mcontext_t *registers, uint32_t instruction)
{
	unsigned number = instruction >> 5 & 31;

	/* RETAA and RETAB have no register field */
	return registers->regs[number == ZERO ? LINK : number] & ADDRESS_MASK;
}

uint64_t next_instruction(const mcontext_t *registers)
{
	uint64_t here = registers->pc, behind = here + 4, value;
	uint32_t instruction;
	bool taken;

	memcpy(&instruction, (const void *)here, sizeof(instruction));
	value = value_of(registers, instruction & 31);
	if ((instruction & 0x7c000000) == 0x14000000)           /* B, BL */
		return here + (uint64_t)distance(instruction, 0, 26);
	if ((instruction & 0xff000000) == 0x54000000)           /* B.cond */
		return condition_holds(instruction & 15, registers->pstate) ? here + (uint64_t)distance(instruction, 5, 19) : behind;
	if ((instruction & 0x7e000000) == 0x34000000) {         /* CBZ, CBNZ */
		taken = (instruction >> 31 ? !value : !(uint32_t)value) != (instruction >> 24 & 1);
		return taken ? here + (uint64_t)distance(instruction, 5, 19) : behind;
	}
	if ((instruction & 0x7e000000) == 0x36000000) {         /* TBZ, TBNZ */
		taken = (value >> ((instruction >> 31 << 5) | (instruction >> 19 & 31)) & 1) == (instruction >> 24 & 1);
		return taken ? here + (uint64_t)distance(instruction, 5, 14) : behind;
	}
	if ((instruction & 0xfe000000) == 0xd6000000)           /* BR, BLR, RET, and those that authenticate */
		return branch_to_register(registers, instruction);
	return behind;
}
