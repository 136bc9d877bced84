/* SPDX-License-Identifier: ISC */
/* counter.c -- the counter that the guest reads (TSC, CNTVCT), computed from the host's without asking KVM */
#include "arch.h"
#include "core.h"
#include "kvm/kvm.h"

static uint64_t offset;                 /* guest's counter less the host's */
static uint64_t frequency;

void counter_start(void)
{
	uint64_t least = UINT64_MAX;

	frequency = vcpu_counter_frequency();
	/* the shortest of a few readings is the least disturbed */
	for (int i = 0; i < 3; i++) {
		uint64_t before = arch_counter(), guest = vcpu_counter(), took = arch_counter() - before;

		if (took < least) {
			least = took;
			offset = guest - (before + took / 2);
		}
	}
}

uint64_t counter_now(void)
{
	return arch_counter() + offset;
}

uint64_t counter_frequency(void)
{
	return frequency;
}
