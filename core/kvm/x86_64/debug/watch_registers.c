/* SPDX-License-Identifier: ISC */
/* watch_registers.c -- the debug registers of x86-64: Intel SDM volume 3, 18.2 */
#include "kvm/debug/watch.h"
#include "kvm/kvm.h"
#include "kvm/x86_64/vcpu.h"
#include "vm.h"

enum {
	WATCHES = 4,
	DR6_NONE = 0xffff0ff0,
	DR6_WATCHES = 0xf,
	DR7_NONE = 0x400,
	DR7_ENABLE = 2,                 /* global, two bits a watchpoint */
	DR7_WRITE = 1,                  /* from bit 16, four bits a watchpoint */
	DR7_READ_WRITE = 3,
};

const unsigned watch_count = WATCHES;

void watches_load(void)
{
	struct kvm_debugregs debug = {.dr6 = DR6_NONE, .dr7 = DR7_NONE};

	for (unsigned i = 0; i < WATCHES; i++) {
		/* 1, 2, 4 and 8 bytes are 0, 1, 3 and 2 */
		uint64_t length = watches[i].size == 8 ? 2 : watches[i].size - 1;

		if (!watches[i].size)
			continue;
		debug.db[i] = watches[i].address;
		debug.dr7 |= (uint64_t)DR7_ENABLE << 2 * i |
			((watches[i].reads ? DR7_READ_WRITE : DR7_WRITE) | length << 2) << (16 + 4 * i);
	}
	VCPU_IOCTL(KVM_SET_DEBUGREGS, &debug);
}

bool watch_hit(uint64_t *address)
{
	struct kvm_debugregs debug;
	uint64_t hits;

	if (!watches_used())
		return false;
	VCPU_IOCTL(KVM_GET_DEBUGREGS, &debug);
	hits = debug.dr6 & DR6_WATCHES;
	if (!hits)
		return false;
	*address = watches[__builtin_ctzl(hits)].address;
	/* the processor sets bits there and clears none */
	watches_load();
	return true;
}

/* the largest part at the start of a range that one watchpoint can take */
unsigned watch_part(uint64_t address, uint64_t size)
{
	unsigned part = 8;

	while (part > size || address % part)
		part /= 2;
	return part;
}

/* mov %al, -8(%rsp) */
const uint8_t watch_probe[] = {0x88, 0x44, 0x24, 0xf8};
const unsigned watch_probe_size = sizeof(watch_probe);
