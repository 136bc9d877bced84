/* SPDX-License-Identifier: ISC */
/*
 * demand.c -- memory that a guest is given when it touches it
 *
 * The heap is mapped by steps of MEMORY_STEP_MB, at multiples of it. A step that
 * the guest has not touched is in no memory slot and in no page table of the guest,
 * so the first access is a page fault of its own, which its trap stub reports.
 * The monitor can use the memory from the start: a hypercall may fill a buffer there.
 */
#include "kvm/kvm.h"
#include "machine/image.h"
#include "memory.h"
#include "monitor.h"

#define STEP ((uint64_t)CONFIG_MEMORY_STEP_MB << 20)

static uint64_t demand_start;          /* of the heap that the guest did not have at the start */

uint64_t demand_begin(void)
{
	uint64_t end = memory.arrangement.heap_end;

	demand_start = (image.end / STEP + 1) * STEP;
	if (demand_start >= end || !vcpu_can_retry())
		demand_start = end;
	descriptor_place(kvm_vm, FD_VM);
	kvm_vm = FD_VM;
	return demand_start;
}

bool demand_serve(void)
{
	uint64_t address, size, start, end = memory.arrangement.heap_end;
	unsigned access;

	if (!vcpu_fault(&address) || address < demand_start || address >= end || vm_memory_find(address, &access, &size))
		return false;
	start = address / STEP * STEP;
	if (!kvm_heap_give(start, end - start < STEP ? end : start + STEP))
		guest_end("the host has no room for more of the guest's memory: %m");
	vcpu_retry();
	return true;
}
