/* SPDX-License-Identifier: ISC */
/* flat.c -- the registers of 64-bit ARM in GDB's order: where each is, and how it looks in core files */
#include "aarch64/debug/flat.h"

#include <asm/hwcap.h>
#include <elf.h>
#include <string.h>

#define PLACE(field)            {offsetof(struct flat, field), sizeof(((struct flat *)0)->field)}
#define PLACES_4(array, i)      PLACE(array[i]), PLACE(array[(i) + 1]), PLACE(array[(i) + 2]), PLACE(array[(i) + 3])
#define PLACES_28(array)        PLACES_4(array, 0), PLACES_4(array, 4), PLACES_4(array, 8), PLACES_4(array, 12), \
				PLACES_4(array, 16), PLACES_4(array, 20), PLACES_4(array, 24)

const struct register_place register_places[] = {
	PLACES_28(x), PLACE(x[28]), PLACE(x[29]), PLACE(x[30]), PLACE(sp), PLACE(pc), PLACE(cpsr),
	PLACES_28(v), PLACES_4(v, 28), PLACE(fpsr), PLACE(fpcr), PLACE(tpidr), PLACE(data_mask), PLACE(code_mask),
};
const unsigned register_count = sizeof(register_places) / sizeof(register_places[0]);
const uint8_t register_keys[REGISTER_KEYS] = {[REGISTER_STACK] = 31, [REGISTER_FRAME] = 29, [REGISTER_PROGRAM] = 32};
const uint16_t registers_machine = EM_AARCH64;

uint64_t registers_program_counter(const struct registers *registers)
{
	return ((const struct flat *)(const void *)registers)->pc;
}

void registers_program_counter_set(struct registers *registers, uint64_t address)
{
	((struct flat *)(void *)registers)->pc = address;
}

void registers_dump(const struct registers *registers, struct elf_prstatus *status, elf_fpregset_t *floating)
{
	const struct flat *flat = (const void *)registers;
	uint64_t pstate = flat->cpsr;

	/* in the order of struct user_pt_regs and struct user_fpsimd_state (asm/ptrace.h) */
	memcpy(status->pr_reg, flat, 33 * sizeof(uint64_t));
	memcpy((uint8_t *)status->pr_reg + 33 * sizeof(uint64_t), &pstate, sizeof(pstate));
	memset(floating, 0, sizeof(*floating));
	memcpy(floating, flat->v, sizeof(flat->v));
	memcpy((uint8_t *)floating + sizeof(flat->v), &flat->fpsr, 2 * sizeof(uint32_t));
}

/* GDB looks for masks only if the auxiliary vector says that there is pointer authentication. */
unsigned registers_notes(const struct registers *registers, struct register_note notes[REGISTER_NOTES_MAX])
{
	const struct flat *flat = (const void *)registers;

	if (!flat->data_mask)
		return 0;
	notes[0] = (struct register_note){"CORE", NT_AUXV, 4 * sizeof(uint64_t), {AT_HWCAP, HWCAP_PACA, AT_NULL, 0}};
	notes[1] = (struct register_note){"LINUX", NT_ARM_PAC_MASK, 2 * sizeof(uint64_t), {flat->data_mask, flat->code_mask}};
	return 2;
}
