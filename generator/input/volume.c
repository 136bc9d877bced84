/* SPDX-License-Identifier: ISC */
/*
 * volume.c -- images of block devices with files
 *
 * What is in an image may have been written by anybody: the sources in
 * guest/libraries/libc/volume check all of it before they use it.
 */
#include "input/volume.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <linux/fs.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "input/files.h"
#include "volume/heap.h"

/* what these sources ask of a guest: no files of its own, memory without an end; times are left out, so that bytes are the same */
const struct uk_file uk_files[] = {{.name = "", .mode = S_IFDIR | 0755}};

void memory_amounts(unsigned long *total, unsigned long *free)
{
	*total = *free = UINT64_MAX / 2;
}

solo5_time_t solo5_clock_wall(void)
{
	return 0;
}

static uint64_t no_time(void)
{
	return 0;
}

static long device_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t count = pread(*(int *)context, (char *)bytes + done, size - done, (off_t)(offset + done));

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return -EIO;
		done += (size_t)count;
	}
	return 0;
}

static long device_write(void *context, uint64_t offset, const void *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t count = pwrite(*(int *)context, (const char *)bytes + done, size - done, (off_t)(offset + done));

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return -EIO;
		done += (size_t)count;
	}
	return 0;
}

/* what is written here is flushed once, at the end */
static long device_flush(void *context)
{
	(void)context;
	return 0;
}

static uint64_t size_of(const char *path, int file)
{
	struct stat status;
	uint64_t size = 0;

	if (fstat(file, &status) || (S_ISBLK(status.st_mode) && ioctl(file, BLKGETSIZE64, &size)))
		fatal("%s:", path);
	if (!S_ISBLK(status.st_mode) && !S_ISREG(status.st_mode))
		fatal("%s: neither a file nor a block device; accepted are images made by ukgen files --make", path);
	return S_ISBLK(status.st_mode) ? size : (uint64_t)status.st_size;
}

static struct store *store_new(int file, uint64_t size)
{
	struct store *store = mem_zalloc(sizeof(*store));
	int *context = mem_zalloc(sizeof(*context));

	*context = file;
	store->device = (struct store_device){
		.read = device_read, .write = device_write, .flush = device_flush, .write_flush = device_write, .now = no_time,
		.context = context, .size = size / STORE_BLOCK * STORE_BLOCK,
	};
	return store;
}

struct store *volume_open(const char *path, bool *damaged)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct store *store;
	enum store_state state;
	long error;

	if (file < 0)
		fatal("%s:", path);
	store = store_new(file, size_of(path, file));
	store->volume.readonly = 1;
	error = store->device.size < 2 * STORE_BLOCK ? -ENODATA : store_mount(store, &state);
	if (error == -ENODATA)
		fatal("%s: no files in it; accepted are images made by ukgen files --make", path);
	if (error == -EUCLEAN)
		fatal("%s: damaged, or not an image of files; accepted are images made by ukgen files --make", path);
	if (error) {
		errno = (int)-error;
		fatal("%s:", path);
	}
	*damaged = state == STORE_DAMAGED;
	return store;
}

/* an image that can't be finished; a block device stays */
static void volume_remove(const char *path)
{
	struct stat status;
	int error = errno;

	if (!lstat(path, &status) && S_ISREG(status.st_mode))
		unlink(path);
	errno = error;
}

static void fill_check(const char *path, const struct packed_file *file, long error)
{
	if (!error)
		return;
	errno = (int)-error;
	volume_remove(path);
	if (error == -ENOSPC)
		fatal("%s: no room for %s; give the image more than its --make=SIZE", path, file->path);
	fatal("%s: %s:", path, file->path);
}

static void folder_fill(const char *path, struct node *folder, const struct packed_file *packed)
{
	for (size_t i = 0; i < packed->count; i++) {
		const struct packed_file *file = &packed->files[i];
		struct node *node;
		long done = 0;

		fill_check(path, file, node_make(&node, folder, file->name, strlen(file->name), file->mode,
						 S_ISLNK(file->mode) ? file->bytes : NULL));
		if (S_ISDIR(file->mode))
			folder_fill(path, node, file);
		else if (S_ISREG(file->mode))
			done = node_write(node, file->bytes, file->size, 0);
		fill_check(path, file, done < 0 ? done : S_ISREG(file->mode) && (size_t)done < file->size ? -ENOSPC : 0);
	}
}

static int volume_create(const char *path, uint64_t size)
{
	struct stat status;
	bool device = !stat(path, &status) && S_ISBLK(status.st_mode);
	int file = open(path, device ? O_RDWR | O_EXCL | O_CLOEXEC : O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (file < 0 && errno == EEXIST)
		fatal("%s is there already; remove it first, or give another name", path);
	if (file < 0)
		fatal("%s:", path);
	if (device && size_of(path, file) < size)
		fatal("%s has %llu bytes; accepted is a SIZE up to that", path, (unsigned long long)size_of(path, file));
	if (!device && ftruncate(file, (off_t)size)) {
		volume_remove(path);
		fatal("%s:", path);
	}
	return file;
}

void volume_make(const char *path, uint64_t size, const struct packed_file *root)
{
	int file = volume_create(path, size);
	struct store *store = store_new(file, size);
	enum store_state state;
	long error = store_make(&store->device);

	if (!error)
		error = store_mount(store, &state);
	if (!error) {
		folder_fill(path, &store->root.node, root);
		error = store_commit(store, 1, 0);
	}
	if (error || fsync(file) || close(file)) {
		if (error)
			errno = (int)-error;
		volume_remove(path);
		fatal("%s:", path);
	}
}
