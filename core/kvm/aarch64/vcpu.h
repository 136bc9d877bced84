/* SPDX-License-Identifier: ISC */
/* vcpu.h -- what vcpu.c and debug/ share */
#ifndef VCPU_H
#define VCPU_H

#include <linux/kvm.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/aarch64/layout.h"

/* a register of struct kvm_regs, by KVM's number */
#define CORE_REGISTER_OF(field, size)   (KVM_REG_ARM64 | (size) | KVM_REG_ARM_CORE | \
	(offsetof(struct kvm_regs, field) / sizeof(uint32_t)))
#define CORE_REGISTER(field)            CORE_REGISTER_OF(field, KVM_REG_SIZE_U64)

#define TPIDR_EL0               ARM64_SYS_REG(3, 3, 13, 0, 2)

enum {
	PSTATE_EL0 = 0x2c0,             /* debug exceptions and interrupts masked, errors not */
	PSTATE_MODE = 0xf,
};

/* the guest can sign return addresses */
extern bool has_pointer_authentication;

/* one register while the guest is stopped; the guest ends if it fails */
void register_read(uint64_t id, void *value);
void register_write(uint64_t id, const void *value);

/* MDSCR_EL1 when the guest resumes: single step or not, watchpoints or not */
void debug_control_set(bool step);

/* the watchpoint that an access of size bytes at most hits, as a debugger knows it */
uint64_t watch_address(uint64_t address);

#endif
