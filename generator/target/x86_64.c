/* SPDX-License-Identifier: ISC */
/*
 * x86_64.c -- the low image of x86-64: descriptor tables, trap stubs, permitted ports
 *
 * The I/O permission bitmap is the hardware's copy of the hypercall table: access to
 * any other port is a general protection fault, which KVM doesn't see.
 */
#include <elf.h>
#include <seccomp.h>
#include <string.h>

#include "machine/layout.h"
#include "machine/x86_64/layout.h"
#include "target/architecture.h"

/* Intel SDM volume 3: segment descriptors 3.4.5, 64-bit TSS figure 8-11, gates 6.14.1 */
enum {
	TSS_RSP0 = 4,
	TSS_BITMAP_OFFSET = 102,
	TSS_SIZE = 104,
	GATE_INTERRUPT = 0x8e,          /* present, DPL 0 */
	GATE_INTERRUPT_USER = 0xee,     /* present, DPL 3: the guest may use int3 */
	VECTOR_BREAKPOINT = 3,
	STUB_SIZE = 16,
};

static void put16(uint8_t *at, uint16_t value)
{
	memcpy(at, &value, sizeof(value));
}

static void put64(uint8_t *at, uint64_t value)
{
	memcpy(at, &value, sizeof(value));
}

static void gdt_fill(uint8_t *gdt)
{
	put64(gdt + CODE_SELECTOR, 0x00af9b000000ffff);                 /* 64-bit code, DPL 0 */
	put64(gdt + 0x10, 0x00cf93000000ffff);                          /* data, DPL 0 */
	put64(gdt + (DATA_SELECTOR_USER & ~3), 0x00cff3000000ffff);     /* data, DPL 3 */
	put64(gdt + (CODE_SELECTOR_USER & ~3), 0x00affb000000ffff);     /* 64-bit code, DPL 3 */
	/* the TSS is loaded with the registers; its descriptor only keeps the slot */
	put64(gdt + TSS_SELECTOR, 0x00008b0000000000 | (STUBS_ADDRESS - TSS_ADDRESS - 1) | (uint64_t)TSS_ADDRESS << 16);
}

static void tss_fill(uint8_t *tss, unsigned hypercall_count)
{
	uint8_t *bitmap = tss + TSS_SIZE;

	put64(tss + TSS_RSP0, SUPERVISOR_STACK_TOP);
	put16(tss + TSS_BITMAP_OFFSET, TSS_SIZE);
	memset(bitmap, 0xff, STUBS_ADDRESS - TSS_ADDRESS - TSS_SIZE);
	for (unsigned n = 0; n < hypercall_count; n++)
		bitmap[(PORT_HYPERCALL + n) / 8] &= (uint8_t)~(1u << (PORT_HYPERCALL + n) % 8);
}

/* the processor pushes an error code for these: SDM volume 3, table 6-1 */
static bool vector_has_error(unsigned vector)
{
	return vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21 ||
		vector == 29 || vector == 30;
}

/* the code that all stubs share: struct trap_frame from rax downwards, then the report */
static const uint8_t stub_common[] = {
	0x50, 0x53, 0x51, 0x52, 0x56, 0x57, 0x55,                       /* push rax rbx rcx rdx rsi rdi rbp */
	0x41, 0x50, 0x41, 0x51, 0x41, 0x52, 0x41, 0x53,                 /* push r8 ... r11 */
	0x41, 0x54, 0x41, 0x55, 0x41, 0x56, 0x41, 0x57,                 /* push r12 ... r15 */
	0x0f, 0x20, 0xd0, 0x50,                                         /* mov rax, cr2; push rax */
	0xe6, PORT_TRAP,                                                /* out PORT_TRAP, al */
	0xf4, 0xeb, 0xfd,                                               /* hlt; jmp to it: never returned to */
};

static void traps_fill(uint8_t *idt, uint8_t *stubs)
{
	uint8_t *common = stubs + IDT_VECTORS * STUB_SIZE;

	memcpy(common, stub_common, sizeof(stub_common));
	for (unsigned vector = 0; vector < IDT_VECTORS; vector++) {
		uint64_t address = STUBS_ADDRESS + vector * STUB_SIZE;
		uint8_t *stub = stubs + vector * STUB_SIZE, *gate = idt + vector * 16;
		int32_t distance;

		if (!vector_has_error(vector)) {
			*stub++ = 0x6a;                                 /* push 0 */
			*stub++ = 0;
		}
		*stub++ = 0x6a;                                         /* push vector */
		*stub++ = (uint8_t)vector;
		*stub++ = 0xe9;                                         /* jmp common */
		distance = (int32_t)(common - (stub + 4));
		memcpy(stub, &distance, sizeof(distance));

		put16(gate, (uint16_t)address);
		put16(gate + 2, CODE_SELECTOR);
		gate[5] = vector == VECTOR_BREAKPOINT ? GATE_INTERRUPT_USER : GATE_INTERRUPT;
		put16(gate + 6, (uint16_t)(address >> 16));
	}
}

static void low_fill(uint8_t *low, unsigned hypercall_count)
{
	gdt_fill(low + GDT_ADDRESS);
	tss_fill(low + TSS_ADDRESS, hypercall_count);
	traps_fill(low + IDT_ADDRESS, low + STUBS_ADDRESS);
}

static bool low_map(struct page_tables *tables)
{
	return page_tables_map(tables, GDT_ADDRESS, STUBS_ADDRESS, ACCESS_WRITE) &&
		page_tables_map(tables, STUBS_ADDRESS, STUBS_ADDRESS + GUEST_PAGE, ACCESS_EXECUTE) &&
		page_tables_map(tables, SUPERVISOR_STACK_TOP - GUEST_PAGE, SUPERVISOR_STACK_TOP, ACCESS_WRITE);
}

const struct architecture architecture_x86_64 = {
	.name = "x86_64",
	.title = "x86-64",
	.container_name = "amd64",
	.elf_machine = EM_X86_64,
	.seccomp = SCMP_ARCH_X86_64,
	.toolchain = "x86_64-linux-gnu-",
	.monitor_flags = "-fcf-protection",
	.monitor_link_flags = "",
	.guest_flags = "-mstack-protector-guard=global -fcf-protection=none",
	.paging = &paging_x86_64,
	.low_fill = low_fill,
	.low_map = low_map,
};
