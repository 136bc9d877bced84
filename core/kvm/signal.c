/* SPDX-License-Identifier: ISC */
/*
 * signal.c -- signals that interrupt the guest: KVM_RUN ends when one is delivered
 *
 * One that comes just before KVM_RUN ends that, too: the handler sets
 * immediate_exit, which stays set until KVM_RUN has ended for it.
 */
#include <signal.h>
#include <sys/syscall.h>

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

/* by the kernel's own structure: the C library's function for it brings locks, 1.5 KB in all */
void signal_interrupts(int number, int flags)
{
	const struct {
		void (*handler)(int, siginfo_t *, void *);
		unsigned long flags;
		void (*restorer)(void);
		uint64_t mask;
	} action = {
		.handler = interrupted,
		.flags = (unsigned long)flags | SA_SIGINFO | ARCH_SIGNAL_FLAGS,
		.restorer = ARCH_SIGNAL_RETURN,
		.mask = UINT64_MAX,
	};

	if (syscall(SYS_rt_sigaction, number, &action, NULL, sizeof(action.mask)))
		fail("signal %d:", number);
}
