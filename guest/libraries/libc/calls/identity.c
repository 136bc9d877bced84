/* SPDX-License-Identifier: ISC */
/* identity.c -- the process and its machine: process 1, user 0, one processor */
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>

#include "descriptor.h"
#include "machine.h"
#include "process.h"

long guest_sys_getpid(void)
{
	return PROCESS;
}

long guest_sys_gettid(void)
{
	return PROCESS;
}

long guest_sys_getppid(void)
{
	return 0;
}

long guest_sys_getpgid(long process)
{
	return process == 0 || process == PROCESS ? PROCESS : -ESRCH;
}

long guest_sys_getsid(long process)
{
	return guest_sys_getpgid(process);
}

long guest_sys_getuid(void)
{
	return 0;
}

long guest_sys_geteuid(void)
{
	return 0;
}

long guest_sys_getgid(void)
{
	return 0;
}

long guest_sys_getegid(void)
{
	return 0;
}

long guest_sys_getgroups(long size, gid_t *groups)
{
	(void)size;
	(void)groups;
	return 0;
}

/* defined by a library with a network: the host's name; "" if none was given */
extern hidden weak char guest_host_name[];

long guest_sys_uname(struct utsname *name)
{
	*name = (struct utsname){
		.sysname = "ukgen",
		.nodename = "ukgen",
		.release = "1",
		.version = "1",
		.machine = MACHINE,
	};
	if (guest_host_name && *guest_host_name)
		strncpy(name->nodename, guest_host_name, sizeof(name->nodename) - 1);
	return 0;
}

long guest_sys_sched_getaffinity(long process, size_t size, unsigned char *set)
{
	if (process != 0 && process != PROCESS)
		return -ESRCH;
	if (size < sizeof(long))
		return -EINVAL;
	memset(set, 0, sizeof(long));
	set[0] = 1;
	return sizeof(long);
}

/* memory and the table of descriptors are the only limits; they can't be changed */
long guest_sys_prlimit64(long process, long resource, const struct rlimit *wanted, struct rlimit *limit)
{
	rlim_t most = resource == RLIMIT_NOFILE ? (rlim_t)guest_descriptors_count : resource == RLIMIT_CORE ? 0 : RLIM_INFINITY;

	if (process != 0 && process != PROCESS)
		return -ESRCH;
	if (resource < 0 || resource >= RLIM_NLIMITS)
		return -EINVAL;
	if (wanted && (wanted->rlim_cur != most || wanted->rlim_max != most))
		return -EPERM;
	if (limit)
		*limit = (struct rlimit){.rlim_cur = most, .rlim_max = most};
	return 0;
}

/* what musl tries if the kernel is too old for prlimit64 */
long guest_sys_getrlimit(long resource, struct rlimit *limit)
{
	return guest_sys_prlimit64(0, resource, NULL, limit);
}

long guest_sys_setrlimit(long resource, const struct rlimit *wanted)
{
	return guest_sys_prlimit64(0, resource, wanted, NULL);
}
