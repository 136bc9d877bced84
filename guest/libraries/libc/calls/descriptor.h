/* SPDX-License-Identifier: ISC */
/*
 * descriptor.h -- descriptors: numbers of open files, and how each kind of file is served
 *
 * Only the code that creates descriptors of a kind refers to the kind's table of
 * functions, so the linker keeps these exactly where such descriptors can exist.
 * Calls return a negative errno, as Linux does.
 */
#ifndef GUEST_DESCRIPTOR_H
#define GUEST_DESCRIPTOR_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "names.h"

struct kstat;

/*
 * Each descriptor's file as its address, whose lowest bit is FD_CLOEXEC, the flag of descriptors rather than of files; 0: none
 * is open there. A library with its own kinds of file may bring a table of another size.
 */
extern uintptr_t guest_descriptors[];
extern const int guest_descriptors_count;

/* An open file. Descriptors made from each other by dup share one. */
struct file {
	const struct kind *kind;
	unsigned users;         /* descriptors, and calls that use it whatever becomes of these */
	int flags;              /* O_..., as fcntl(F_GETFL) returns them */
};

/* The operations of a kind of file; NULL: not supported. */
struct kind {
	mode_t mode;            /* S_IF... */
	long (*read)(struct file *file, const struct iovec *parts, int count);
	long (*write)(struct file *file, const struct iovec *parts, int count);
	long (*read_at)(struct file *file, const struct iovec *parts, int count, off_t offset);
	long (*write_at)(struct file *file, const struct iovec *parts, int count, off_t offset);
	long (*seek)(struct file *file, off_t offset, int whence);
	long (*state)(struct file *file, struct kstat *state);
	long (*truncate)(struct file *file, off_t size);
	long (*entries)(struct file *file, char *entries, size_t room);        /* of a folder: struct dirent */
	long (*sync)(struct file *file, int only_data);         /* NULL: EINVAL */
	long (*control)(struct file *file, unsigned long request, void *argument);
	unsigned (*ready)(struct file *file);   /* POLLIN, POLLOUT and so on, as far as they hold now; NULL: always ready */
	long (*close)(struct file *file);       /* the last descriptor is gone */
};

/* standard output and standard error */
extern struct file guest_console __attribute__((visibility("hidden")));

/* the file of a descriptor; NULL if none is open there: EBADF */
struct file *descriptor_file(long descriptor);

/* gives file the lowest free number from the given one on; or a negative errno; of flags O_CLOEXEC counts */
long descriptor_add(struct file *file, int least, long flags);

/* the same for a given number, which must be free */
void descriptor_set(long descriptor, struct file *file, long flags);

long descriptor_close(long descriptor);

/* one descriptor less, or one call less that uses the file */
long file_release(struct file *file);

#endif
