/* SPDX-License-Identifier: ISC */
/* privilege.c -- changes of user, group, session and priority: there is user 0 alone, whose one process leads its session */
#include <errno.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "process.h"

/* user namespaces refuse IDs that they don't have; chown of the tree does the same */
static long id_set(long id)
{
	return (id_t)id ? -EPERM : 0;
}

static long ids_set(long real, long effective, long saved)
{
	const id_t unchanged = (id_t)-1, ids[] = {(id_t)real, (id_t)effective, (id_t)saved};

	for (unsigned i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (ids[i] && ids[i] != unchanged)
			return -EPERM;
	return 0;
}

long guest_sys_setuid(long user)
{
	return id_set(user);
}

long guest_sys_setgid(long group)
{
	return id_set(group);
}

long guest_sys_setreuid(long real, long effective)
{
	return ids_set(real, effective, -1);
}

long guest_sys_setregid(long real, long effective)
{
	return ids_set(real, effective, -1);
}

long guest_sys_setresuid(long real, long effective, long saved)
{
	return ids_set(real, effective, saved);
}

long guest_sys_setresgid(long real, long effective, long saved)
{
	return ids_set(real, effective, saved);
}

static long ids_get(id_t *real, id_t *effective, id_t *saved)
{
	*real = *effective = *saved = 0;
	return 0;
}

long guest_sys_getresuid(uid_t *real, uid_t *effective, uid_t *saved)
{
	return ids_get(real, effective, saved);
}

long guest_sys_getresgid(gid_t *real, gid_t *effective, gid_t *saved)
{
	return ids_get(real, effective, saved);
}

enum { GROUPS_MOST = 65536 };           /* Linux's */

/* group 0 is the process's already */
long guest_sys_setgroups(unsigned long count, const gid_t *groups)
{
	if (count > GROUPS_MOST)
		return -EINVAL;
	for (unsigned long i = 0; i < count; i++)
		if (groups[i])
			return -EPERM;
	return 0;
}

long guest_sys_setsid(void)
{
	return -EPERM;
}

long guest_sys_setpgid(long process, long group)
{
	if (group < 0)
		return -EINVAL;
	return process == 0 || process == PROCESS ? -EPERM : -ESRCH;
}

/* no other process competes with this one for the guest's processor, so the value is only kept */
static long nice_value;

/* 0, or a negative errno if `who` names nobody */
static long who_check(long which, long who)
{
	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	return who == 0 || (who == PROCESS && which != PRIO_USER) ? 0 : -ESRCH;
}

long guest_sys_setpriority(long which, long who, long value)
{
	long error = who_check(which, who);

	if (!error)
		nice_value = value < PRIO_MIN ? PRIO_MIN : value >= PRIO_MAX ? PRIO_MAX - 1 : value;
	return error;
}

/* the kernel's result is never negative: getpriority(2) */
long guest_sys_getpriority(long which, long who)
{
	long error = who_check(which, who);

	return error ? error : PRIO_MAX - nice_value;
}
