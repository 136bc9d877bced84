/* SPDX-License-Identifier: ISC */
/*
 * aarch64.c -- the low image of 64-bit ARM: exception vectors, and the device page for hypercalls
 *
 * Encodings are those of the Arm ARM, C6.2.
 */
#include <elf.h>
#include <seccomp.h>
#include <stddef.h>
#include <string.h>

#include "machine/aarch64/layout.h"
#include "machine/layout.h"
#include "target/architecture.h"

enum {
	VECTOR_COUNT = 16,
	VECTOR_SIZE = 0x80,
	X0 = 0, X1 = 1, X2 = 2, X30 = 30, SP = 31, XZR = 31,
};

/* op0 (2 or 3), op1, CRn, CRm, op2 as MRS and MSR have them */
#define SYSTEM_REGISTER(op0, op1, crn, crm, op2) \
	((uint32_t)((op0) - 2) << 19 | (op1) << 16 | (crn) << 12 | (crm) << 8 | (op2) << 5)
#define MDSCR_EL1       SYSTEM_REGISTER(2, 0, 0, 2, 2)
#define SPSR_EL1        SYSTEM_REGISTER(3, 0, 4, 0, 0)
#define ELR_EL1         SYSTEM_REGISTER(3, 0, 4, 0, 1)
#define SP_EL0          SYSTEM_REGISTER(3, 0, 4, 1, 0)
#define ESR_EL1         SYSTEM_REGISTER(3, 0, 5, 2, 0)
#define FAR_EL1         SYSTEM_REGISTER(3, 0, 6, 0, 0)

struct code {
	uint8_t *at;
};

static void put(struct code *code, uint32_t instruction)
{
	memcpy(code->at, &instruction, sizeof(instruction));
	code->at += sizeof(instruction);
}

/* ldp, stp: of two registers that lie one behind the other in the frame, at the stack pointer */
static void put_pair(struct code *code, uint32_t operation, uint32_t one, uint32_t other, size_t offset)
{
	put(code, operation | (uint32_t)(offset / 8) << 15 | other << 10 | SP << 5 | one);
}
#define LDP 0xa9400000u
#define STP 0xa9000000u

/* ldr, str: of one, at base */
static void put_one(struct code *code, uint32_t operation, uint32_t one, uint32_t base, size_t offset)
{
	put(code, operation | (uint32_t)(offset / 8) << 10 | base << 5 | one);
}
#define LDR 0xf9400000u
#define STR 0xf9000000u

static void put_mrs(struct code *code, uint32_t one, uint32_t system_register)
{
	put(code, 0xd5300000 | system_register | one);
}

static void put_msr(struct code *code, uint32_t system_register, uint32_t one)
{
	put(code, 0xd5100000 | system_register | one);
}

/* mov one, #value; movk one, #..., lsl #16 */
static void put_mov(struct code *code, uint32_t one, uint32_t value)
{
	put(code, 0xd2800000 | (value & 0xffff) << 5 | one);
	if (value >> 16)
		put(code, 0xf2a00000 | value >> 16 << 5 | one);
}

static void put_branch(struct code *code, const uint8_t *to)
{
	put(code, 0x14000000 | ((uint32_t)((to - code->at) / 4) & 0x03ffffff));
}

#define FRAME(field) offsetof(struct trap_frame, field)

/* the code that all vectors share: saves the rest of the frame, reports, and returns to the guest */
static void common_fill(struct code code)
{
	for (uint32_t i = 2; i < 30; i += 2)
		put_pair(&code, STP, i, i + 1, FRAME(x[i]));
	put_mrs(&code, X1, SP_EL0);
	put_pair(&code, STP, X30, X1, FRAME(x[30]));            /* and sp */
	put_mrs(&code, X1, ELR_EL1);
	put_mrs(&code, X2, SPSR_EL1);
	put_pair(&code, STP, X1, X2, FRAME(pc));                /* and pstate */
	put_mrs(&code, X1, ESR_EL1);
	put_mrs(&code, X2, FAR_EL1);
	put_pair(&code, STP, X1, X2, FRAME(esr));               /* and far */
	put_one(&code, STR, X0, SP, FRAME(vector));

	put_mov(&code, X0, TRAP_ADDRESS);
	put_one(&code, STR, XZR, X0, 0);

	put_one(&code, LDR, X0, SP, FRAME(mdscr));
	put_msr(&code, MDSCR_EL1, X0);
	put_pair(&code, LDP, X1, X2, FRAME(pc));
	put_msr(&code, ELR_EL1, X1);
	put_msr(&code, SPSR_EL1, X2);
	put_pair(&code, LDP, X30, X1, FRAME(x[30]));
	put_msr(&code, SP_EL0, X1);
	for (uint32_t i = 0; i < 30; i += 2)
		put_pair(&code, LDP, i, i + 1, FRAME(x[i]));
	put(&code, 0xd69f03e0);                                 /* eret */
}

static void low_fill(uint8_t *low, unsigned hypercall_count)
{
	uint8_t *vectors = low + VECTORS_ADDRESS, *common = vectors + VECTOR_COUNT * VECTOR_SIZE;

	/* the page allows all hypercalls; the monitor checks which exist */
	(void)hypercall_count;
	for (uint32_t vector = 0; vector < VECTOR_COUNT; vector++) {
		struct code code = {vectors + vector * VECTOR_SIZE};

		put_pair(&code, STP, X0, X1, FRAME(x[0]));
		put_mov(&code, X0, vector);
		put_branch(&code, common);
	}
	common_fill((struct code){common});
}

static bool low_map(struct page_tables *tables)
{
	return page_tables_map(tables, VECTORS_ADDRESS, VECTORS_ADDRESS + GUEST_PAGE, ACCESS_EXECUTE) &&
		page_tables_map(tables, TRAP_FRAME_ADDRESS, TRAP_FRAME_ADDRESS + GUEST_PAGE, ACCESS_WRITE) &&
		page_tables_map(tables, HYPERCALLS_ADDRESS, HYPERCALLS_ADDRESS + GUEST_PAGE,
				ACCESS_USER | ACCESS_WRITE | ACCESS_DEVICE) &&
		page_tables_map(tables, TRAP_ADDRESS, TRAP_ADDRESS + GUEST_PAGE, ACCESS_WRITE | ACCESS_DEVICE);
}

const struct architecture architecture_aarch64 = {
	.name = "aarch64",
	.title = "AArch64",
	.container_name = "arm64",
	.elf_machine = EM_AARCH64,
	.seccomp = SCMP_ARCH_AARCH64,
	.toolchain = "aarch64-linux-gnu-",
	.monitor_flags = "-mno-outline-atomics -mbranch-protection=standard",
	/* fixes the Cortex-A53 erratum by replacing the instruction: linker stubs would cost a page of padding */
	.monitor_link_flags = "-mno-fix-cortex-a53-843419 -Wl,--fix-cortex-a53-843419=adr ",
	.guest_flags = "-mno-outline-atomics -mbranch-protection=standard",
	.paging = &paging_aarch64,
	.landing_pads_property = GNU_PROPERTY_AARCH64_FEATURE_1_AND,
	.landing_pads_bit = GNU_PROPERTY_AARCH64_FEATURE_1_BTI,
	.low_fill = low_fill,
	.low_map = low_map,
};
