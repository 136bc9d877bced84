/* SPDX-License-Identifier: ISC */
/*
 * sandbox.c -- from here on, only the system calls that the modules' .mod files
 * name, and no pointer that relocation filled in can be changed
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "monitor.h"

extern char relro_start[], relro_end[];         /* templates/appliance.ld */

void sandbox_confine(const struct filter *filter)
{
	struct sock_fprog program = {.len = filter->length, .filter = (struct sock_filter *)filter->program};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		fail("no_new_privs:");
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program))
		fail("seccomp (this kernel needs CONFIG_SECCOMP_FILTER):");
}

void sandbox_close(void)
{
	/* its first page begins with the end of read-only data */
	char *tables = relro_start - (uintptr_t)relro_start % 4096;

	if (mprotect(tables, (size_t)(relro_end - tables), PROT_READ))
		fail("protect the monitor's tables:");
	sandbox_confine(&filter);
}
