/* SPDX-License-Identifier: ISC */
/*
 * vm.h -- what a host's hypervisor has to give the monitor
 *
 * core/kvm/ gives it on Linux: kvm.c, with the registers of each architecture
 * in ARCH/vcpu.c. Nothing outside of that folder knows KVM.
 */
#ifndef VM_H
#define VM_H

#include <stdbool.h>
#include <stdint.h>

enum vm_exit {
	EXIT_HYPERCALL,         /* vm_run's *number says which */
	EXIT_TRAP,              /* a trap stub reported */
	EXIT_AGAIN,             /* a signal; nothing happened */
};

/* makes a virtual machine with one virtual processor, without memory; fails with what the user can do */
void vm_create(void);

/* backs guest-physical [address, address + size) with host memory */
void vm_map(uint64_t address, void *host, uint64_t size, bool writable);

/* the guest's call number signals the eventfd event instead of exiting; before the sandbox closes */
void vm_doorbell(unsigned number, int event);

/* sets the processor up to enter user mode at entry, with root as its page tables */
void vm_prepare(uint64_t root, uint64_t entry, uint64_t stack);

/* runs the guest until it exits; an exit that no guest of ours can cause ends it */
enum vm_exit vm_run(unsigned *number);

/* the counter that the guest reads (TSC, CNTVCT): its value now, and its frequency in Hz; before the sandbox closes */
uint64_t vm_counter(void);
uint64_t vm_counter_frequency(void);

#endif
