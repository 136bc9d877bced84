/* SPDX-License-Identifier: ISC */
/*
 * lock.c -- locks of files
 *
 * Locks of fcntl belong to a process: the only one always gets them. Locks of flock
 * belong to open files, of which a program may have several for one file.
 */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>

#include "open.h"

long lock_record(const struct file *file, long command, struct flock *lock)
{
	if (lock->l_type != F_RDLCK && lock->l_type != F_WRLCK && (lock->l_type != F_UNLCK || command == F_GETLK))
		return -EINVAL;
	if (lock->l_whence != SEEK_SET && lock->l_whence != SEEK_CUR && lock->l_whence != SEEK_END)
		return -EINVAL;
	if (lock->l_whence == SEEK_SET && (lock->l_start < 0 || (lock->l_len < 0 && lock->l_start + lock->l_len < 0)))
		return -EINVAL;
	if (command == F_GETLK) {
		lock->l_type = F_UNLCK;
		return 0;
	}
	if ((lock->l_type == F_RDLCK && (file->flags & O_ACCMODE) == O_WRONLY) ||
	    (lock->l_type == F_WRLCK && (file->flags & O_ACCMODE) == O_RDONLY))
		return -EBADF;
	return 0;
}

/* open.c is linked into programs that can open files; others can't open a file twice */
extern hidden weak __typeof(open_lock) open_lock;

long guest_sys_flock(long descriptor, long operation)
{
	struct file *file = descriptor_file(descriptor);
	long wanted = operation & ~LOCK_NB;

	if (!file)
		return -EBADF;
	if (wanted != LOCK_SH && wanted != LOCK_EX && wanted != LOCK_UN)
		return -EINVAL;
	if (!open_lock || open_lock(file, (int)wanted))
		return 0;
	/* a wait would never end */
	return operation & LOCK_NB ? -EWOULDBLOCK : -EDEADLK;
}
