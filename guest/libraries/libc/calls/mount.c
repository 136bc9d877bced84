/* SPDX-License-Identifier: ISC */
/*
 * mount.c -- the manifest's "mounts": volumes on block devices, as folders of the tree
 *
 * Linked only into programs whose manifest has "mounts". A program that keeps data
 * must not run without its volume, so a volume that can't be read ends the program.
 */
#include "mount.h"

#include <errno.h>
#include <fcntl.h>
#include <features.h>
#include <solo5.h>
#include <stdlib.h>
#include <string.h>
#include <uk.h>

#include "control.h"
#include "open.h"
#include "store.h"

/* nanoseconds: the longest time before changes are written while the program sleeps */
#define WRITE_AFTER UINT64_C(5000000000)

struct mount {
	struct store store;
	solo5_handle_t handle;
	struct mount *next;
};

static struct mount *mounts;

static long error_of(solo5_result_t result)
{
	return result == SOLO5_R_OK ? 0 : -EIO;
}

static long device_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	return error_of(uk_block_read(((struct mount *)context)->handle, offset, bytes, size));
}

static long device_write(void *context, uint64_t offset, const void *bytes, size_t size)
{
	return error_of(uk_block_write(((struct mount *)context)->handle, offset, bytes, size));
}

static long device_flush(void *context)
{
	return error_of(uk_block_flush(((struct mount *)context)->handle));
}

static long device_write_flush(void *context, uint64_t offset, const void *bytes, size_t size)
{
	return error_of(uk_block_write_flush(((struct mount *)context)->handle, offset, bytes, size));
}

static void text_say(const char *text)
{
	solo5_console_write(text, strlen(text));
}

static void mount_say(const struct uk_mount *wanted, const char *what)
{
	text_say("mount: ");
	text_say(wanted->folder);
	text_say(": device \"");
	text_say(wanted->device);
	text_say(what);
}

static _Noreturn void mount_refuse(const struct uk_mount *wanted, long error)
{
	mount_say(wanted, error == -ENODATA ? "\" has no files; ukgen files --make makes an image\n" :
		  error == -EUCLEAN ? "\" is damaged, or has something else than files: nothing can be read\n" :
		  error == -ENOMEM ? "\" has more than fits into half of the heap; give the guest more memory\n" :
		  "\" can't be read\n");
	solo5_abort();
}

/* the folder of a manifest's path, which has no ., .. or double slash; created if missing */
static struct node *folder_make(const char *path)
{
	struct node *folder = node_root(), *node;

	while (*path) {
		size_t length = strcspn(++path, "/");

		node = node_child(folder, path, length);
		if (!node && node_make(&node, folder, path, length, S_IFDIR | 0755, NULL))
			return NULL;
		if (!S_ISDIR(node->mode))
			return NULL;
		folder = node;
		path += length;
	}
	return folder;
}

static void mount_add(const struct uk_mount *wanted, unsigned number)
{
	struct mount *mount = block_take(sizeof(*mount));
	struct node *folder = folder_make(wanted->folder);
	struct solo5_block_info info;
	enum store_state state;
	long error;

	if (!mount)
		mount_refuse(wanted, -ENOMEM);
	if (!folder) {
		mount_say(wanted, "\" can't be there: a file or device is in its way\n");
		solo5_abort();
	}
	if (solo5_block_acquire(wanted->device, &mount->handle, &info) != SOLO5_R_OK)
		mount_refuse(wanted, -EIO);
	mount->store.device = (struct store_device){
		.read = device_read, .write = device_write, .flush = device_flush, .write_flush = device_write_flush,
		.now = solo5_clock_monotonic, .context = mount, .size = info.capacity,
	};
	mount->store.volume.number = number;
	mount->store.volume.readonly = wanted->readonly;
	error = store_mount(&mount->store, &state);
	if (error)
		mount_refuse(wanted, error);
	if (state == STORE_DAMAGED)
		mount_say(wanted, "\" is damaged: what was written last is lost, and nothing more can be written\n");
	node_mount(&mount->store.root.node, folder);
	mount->next = mounts;
	mounts = mount;
}

hidden void guest_mounts_start(void)
{
	for (unsigned i = 0; uk_mounts[i].device; i++)
		mount_add(&uk_mounts[i], i + 2);
}

/* requests of ioctl, as F2FS has them */
enum {
	F2FS_START_ATOMIC_WRITE = 0xf501,
	F2FS_COMMIT_ATOMIC_WRITE = 0xf502,
	F2FS_ABORT_ATOMIC_WRITE = 0xf505,
	F2FS_FEATURE_ATOMIC_WRITE = 4,
};
#define F2FS_GET_FEATURES 0x8004f50c

hidden long mounts_control(struct file *file, unsigned long request, void *argument)
{
	struct node *node = open_node(file);
	enum volume_batch step;

	if (!node->volume)
		return -ENOTTY;
	switch ((uint32_t)request) {
	case F2FS_GET_FEATURES:
		*(uint32_t *)argument = F2FS_FEATURE_ATOMIC_WRITE;
		return 0;
	case F2FS_START_ATOMIC_WRITE:
		step = BATCH_BEGIN;
		break;
	case F2FS_COMMIT_ATOMIC_WRITE:
		step = BATCH_END;
		break;
	case F2FS_ABORT_ATOMIC_WRITE:
		step = BATCH_UNDO;
		break;
	default:
		return -ENOTTY;
	}
	return (file->flags & O_ACCMODE) == O_RDONLY ? -EBADF : node->volume->kind->batch(node, step);
}

hidden long mounts_sync(void)
{
	long error = 0;

	for (struct mount *mount = mounts; mount; mount = mount->next) {
		long failed = store_commit(&mount->store, 1, 0);

		error = error ? error : failed;
	}
	return error;
}

hidden uint64_t mounts_wait(uint64_t end)
{
	uint64_t now = solo5_clock_monotonic();

	for (struct mount *mount = mounts; mount; mount = mount->next) {
		uint64_t since = mount->store.pending_since;

		if (since && now - since >= WRITE_AFTER)
			store_commit(&mount->store, 0, 0);
		else if (since && since + WRITE_AFTER < end)
			end = since + WRITE_AFTER;
	}
	return end;
}
