/* SPDX-License-Identifier: ISC */
/* kvm.h -- Linux KVM: what kvm.c shares with ARCH/vcpu.c */
#ifndef KVM_H
#define KVM_H

#include <linux/kvm.h>
#include <stdbool.h>
#include <sys/ioctl.h>

#include "vm.h"

extern int kvm_vm, kvm_vcpu;
extern struct kvm_run *kvm_run;

/*
 * An ioctl of the processor; the guest ends if it fails. The C library's would
 * extend the sign of its request, and the sandbox's filter compares all 64 bits.
 */
void vcpu_ioctl(unsigned long request, void *argument, const char *name);
#define VCPU_IOCTL(request, argument) vcpu_ioctl(request, argument, #request)

/* completes the last exit, such as stepping over its instruction, without resuming the guest */
void vcpu_settle(void);

/* a signal came since KVM_RUN ended for one */
extern volatile bool kvm_interrupted;

/* maps a part of the heap that vm_memory_create left out (memory.c); false and errno */
bool kvm_heap_give(uint64_t start, uint64_t end);

/* guest-physical address of the page tables that vm_memory_create made (memory.c) */
uint64_t kvm_tables_root(void);

/* --- memory that a guest is given when it touches it: Kconfig's MEMORY_ON_DEMAND (demand/demand.c) --- */

/* where the heap ends that the guest has from the start: the arrangement's heap_end, or a multiple of the step */
uint64_t demand_begin(void);

/* after a trap: true if the guest touched memory that it now has, and resumes */
bool demand_serve(void);

/* --- of the architecture (ARCH/vcpu.c, ARCH/demand/retry.c) --- */

/* how to make KVM available, for the message that it isn't */
extern const char kvm_hint[];

/* the argument of KVM_CREATE_VM; kvm is /dev/kvm */
unsigned long kvm_machine_type(int kvm);

/* called right after the processor was created */
void vcpu_create(void);

/* sets the registers, for vm_prepare */
void vcpu_prepare(uint64_t root, uint64_t entry, uint64_t stack);

/* the counter that the guest reads: its value now, and its frequency in Hz; before the sandbox closes */
uint64_t vcpu_counter(void);
uint64_t vcpu_counter_frequency(void);

/* the guest trapped since nothing is mapped at *address */
bool vcpu_fault(uint64_t *address);

/* after a trap: the guest executes the instruction again; makes no system call but KVM_RUN */
void vcpu_retry(void);

/* whether this KVM can do that */
bool vcpu_can_retry(void);

/* translates an exit of KVM's; false if no guest can have caused it */
bool vcpu_exit_decode(enum vm_exit *exit, unsigned *number);

#endif
