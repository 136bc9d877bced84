/* SPDX-License-Identifier: ISC */
/* children.c -- waits for children, of which there are none */
#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>

long guest_sys_wait4(long process, int *status, long options, struct rusage *usage)
{
	(void)process, (void)status, (void)usage;
	return options & ~(long)(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL) ? -EINVAL : -ECHILD;
}

long guest_sys_waitid(long type, long id, siginfo_t *info, long options, struct rusage *usage)
{
	(void)type, (void)id, (void)info, (void)usage;
	return options & (WEXITED | WSTOPPED | WCONTINUED) ? -ECHILD : -EINVAL;
}
