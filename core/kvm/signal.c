/* SPDX-License-Identifier: ISC */
/*
 * signal.c -- signals that interrupt the guest: KVM_RUN ends when one is delivered
 *
 * A signal that arrives just before KVM_RUN ends it as well: the handler sets
 * immediate_exit, which stays set until KVM_RUN has returned because of it.
 */
#include <signal.h>

#include "arch.h"
#include "kvm/kvm.h"
#include "monitor.h"

volatile bool kvm_interrupted;

static void interrupted(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	kvm_interrupted = true;
	if (kvm_run)
		kvm_run->immediate_exit = 1;
	signal_came(info);
}

void signal_interrupts(int number, int flags)
{
	signal_handler_set(number, interrupted, flags | ARCH_SIGNAL_FLAGS, ARCH_SIGNAL_RETURN);
}
