/* SPDX-License-Identifier: ISC */
/* arch.h -- what the core needs to know of x86-64 */
#ifndef ARCH_H
#define ARCH_H

#include <stddef.h>
#include <stdint.h>

#define ARCH_PAGING     paging_x86_64

/* where KVM comes from, for the message that there is none */
#define ARCH_KVM_HINT   "load the module kvm_intel or kvm_amd, turn virtualization on in the firmware"

/* the counter as the monitor reads it */
static inline uint64_t arch_counter(void)
{
	return __builtin_ia32_rdtsc();
}

/* the argument of KVM_CREATE_VM */
static inline unsigned long arch_machine_type(int kvm)
{
	(void)kvm;
	return 0;
}

static inline void arch_pause(void)
{
	__builtin_ia32_pause();
}

/* Linux checks no landing pads in user mode. */
static inline void arch_text_guard(void *text, size_t size)
{
	(void)text;
	(void)size;
}

#endif
