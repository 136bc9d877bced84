/* SPDX-License-Identifier: ISC */
/* vcpu.h -- what vcpu.c and debug/ share */
#ifndef VCPU_H
#define VCPU_H

#include <linux/kvm.h>
#include <stdbool.h>
#include <stdint.h>

#include "machine/x86_64/layout.h"

/* the segments of user mode, as KVM wants them */
#define CODE_SEGMENT_USER ((struct kvm_segment){ \
	.limit = 0xffffffff, .selector = CODE_SELECTOR_USER, .type = 11, .present = 1, .dpl = 3, .s = 1, .l = 1, .g = 1 })
#define DATA_SEGMENT_USER ((struct kvm_segment){ \
	.limit = 0xffffffff, .selector = DATA_SELECTOR_USER, .type = 3, .present = 1, .dpl = 3, .db = 1, .s = 1, .g = 1 })

/* the state components that the guest has: SDM volume 1, 13.3; 0 if the host has no XSAVE */
extern uint64_t xcr0;

/* of the task state segment; KVM may report another type than was set */
uint8_t tss_type(void);

/* in a debug exception: the watchpoint that was hit, if any */
bool watch_hit(uint64_t *address);

#endif
