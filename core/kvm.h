/* SPDX-License-Identifier: ISC */
/* kvm.h -- Linux KVM: what kvm.c shares with ARCH/vcpu.c */
#ifndef KVM_H
#define KVM_H

#include <linux/kvm.h>
#include <stdbool.h>
#include <sys/ioctl.h>

extern int kvm_vm, kvm_vcpu;
extern struct kvm_run *kvm_run;

/* right after the processor was made */
void vcpu_create(void);

/* turns an exit of the processor into ours; false if no guest of ours can have caused it */
bool vcpu_exit_decode(enum vm_exit *exit, unsigned *number);

#endif
