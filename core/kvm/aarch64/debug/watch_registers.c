/* SPDX-License-Identifier: ISC */
/* watch_registers.c -- the watchpoint registers of 64-bit ARM: Arm ARM, D2.10 and D17.3 */
#include "kvm/debug/watch.h"
#include "kvm/aarch64/vcpu.h"

#define DBGWVR_EL1(n)           ARM64_SYS_REG(2, 0, 0, n, 6)
#define DBGWCR_EL1(n)           ARM64_SYS_REG(2, 0, 0, n, 7)

enum {
	WATCHES = 2,                    /* every processor has at least two */
	DBGWCR_ENABLE = 1 << 0,
	DBGWCR_EL0 = 2 << 1,
	DBGWCR_LOAD = 1 << 3,
	DBGWCR_STORE = 2 << 3,
	DBGWCR_BYTES_SHIFT = 5,         /* a bit for each byte of the double word */
};

const unsigned watch_count = WATCHES;

void watches_load(void)
{
	for (unsigned i = 0; i < WATCHES; i++) {
		uint64_t value = watches[i].address & ~7ul, control = 0;
		uint64_t bytes = ((1ul << watches[i].size) - 1) << watches[i].address % 8;

		if (watches[i].size)
			control = DBGWCR_ENABLE | DBGWCR_EL0 | DBGWCR_STORE | (watches[i].reads ? DBGWCR_LOAD : 0) |
				bytes << DBGWCR_BYTES_SHIFT;
		register_write(DBGWVR_EL1(i), &value);
		register_write(DBGWCR_EL1(i), &control);
	}
	debug_control_set(false);
}

/* the processor reports the first byte of the access, or any other */
uint64_t watch_address(uint64_t address)
{
	enum { ACCESS_MAX = 64 };       /* of a store: DC ZVA has a cache line */

	for (unsigned i = 0; i < WATCHES; i++)
		if (watches[i].size && address < watches[i].address + watches[i].size &&
		    address + ACCESS_MAX > watches[i].address)
			return address > watches[i].address ? address : watches[i].address;
	return address;
}

/* the part at the start of a range that lies in one double word */
unsigned watch_part(uint64_t address, uint64_t size)
{
	uint64_t room = 8 - address % 8;

	return (unsigned)(size < room ? size : room);
}

/* stur xzr, [sp, #-8] */
const uint8_t watch_probe[] = {0xff, 0x83, 0x1f, 0xf8};
const unsigned watch_probe_size = sizeof(watch_probe);
