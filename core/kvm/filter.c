/* SPDX-License-Identifier: ISC */
/* filter.c -- installs a thread's filter unchanged: a virtual machine makes no system calls of its own */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "monitor.h"
#include "vm.h"

long vm_filter(const struct filter *filter)
{
	const struct sock_fprog program = {.len = filter->length, .filter = (struct sock_filter *)filter->program};

	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, &program);
}
