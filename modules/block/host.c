/* SPDX-License-Identifier: ISC */
/*
 * block/host.c -- opens the image of each device, takes its size and its lock
 *
 * The capacity that the monitor uses is kept here: boot info is never read back.
 */
#include "core.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk.h"

enum { SECTOR_DEFAULT = 512 };

struct disk disks[BLOCK_DEVICES];

void option_block(unsigned device, const char *value)
{
	disks[device].path = value;
}

void option_block_sector_size(unsigned device, const char *value)
{
	static const struct {
		char text[5];
		unsigned short sector;
	} accepted[] = {{"512", 512}, {"1024", 1024}, {"2048", 2048}, {"4096", 4096}};

	disks[device].sector = 0;
	for (size_t i = 0; i < sizeof(accepted) / sizeof(accepted[0]); i++)
		if (!strcmp(value, accepted[i].text))
			disks[device].sector = accepted[i].sector;
	if (!disks[device].sector)
		fail("--block-sector-size:%s=%s: not a valid block size; accepted are 512, 1024, 2048 and 4096",
		     block_config[device].name, value);
}

/* The flags of an inherited descriptor must allow what the device does. */
static int inherited_take(const char *name, const char *path, bool readonly)
{
	int file = descriptor_inherited("block", name, path);
	int flags = fcntl(file, F_GETFL), mode = flags & O_ACCMODE;

	if (flags < 0)
		fail("--block:%s=%s:", name, path);
	if (flags & O_PATH || mode == O_WRONLY || (!readonly && mode != O_RDWR))
		fail("--block:%s=%s: the descriptor is not open for %s", name, path,
		     readonly ? "reading" : "reading and writing");
	/* with O_APPEND, Linux ignores the offset of pwrite */
	if (!readonly && flags & O_APPEND)
		fail("--block:%s=%s: the descriptor is open for appending; open it without O_APPEND", name, path);
	return file;
}

static int disk_open(const char *name, const char *path, bool readonly)
{
	/* O_NONBLOCK, so that opening a FIFO doesn't wait */
	int flags = (readonly ? O_RDONLY : O_RDWR) | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, file;
	struct stat status;

	/* a lock belongs to an inode, and a block device may have several: O_EXCL keeps out other users and mounts */
	if (!readonly && !stat(path, &status) && S_ISBLK(status.st_mode))
		flags |= O_EXCL;
	file = open(path, flags);
	if (file < 0 && errno == EBUSY)
		fail("--block:%s=%s: mounted, or in use by another device or process", name, path);
	if (file < 0)
		fail("--block:%s=%s:", name, path);
	return file;
}

static uint64_t disk_size(const char *name, const char *path, int file)
{
	struct stat status;
	uint64_t size;

	if (fstat(file, &status))
		fail("--block:%s=%s:", name, path);
	if (S_ISREG(status.st_mode))
		return (uint64_t)status.st_size;
	if (!S_ISBLK(status.st_mode))
		fail("--block:%s=%s: neither a regular file nor a block device", name, path);
	if (ioctl(file, BLKGETSIZE64, &size))
		fail("--block:%s=%s: size:", name, path);
	return size;
}

/* opening a read-only block device for writing succeeds, but every write would fail */
static void disk_check_writable(const char *name, const char *path, int file)
{
	int readonly, seals = fcntl(file, F_GET_SEALS);
	struct stat status;

	if (fstat(file, &status) || (S_ISBLK(status.st_mode) && ioctl(file, BLKROGET, &readonly)))
		fail("--block:%s=%s: check whether it is read-only:", name, path);
	if (S_ISBLK(status.st_mode) && readonly)
		fail("--block:%s=%s: this block device is read-only; it can be used with \"readonly\": true in the manifest",
		     name, path);
	if (seals >= 0 && seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE))
		fail("--block:%s=%s: this file is sealed against writing (F_SEAL_WRITE); it can be used with "
		     "\"readonly\": true in the manifest", name, path);
}

static bool is_same_file(int a, int b)
{
	struct stat one, other;

	return !fstat(a, &one) && !fstat(b, &other) && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* duplicates of one inherited descriptor share their lock */
static bool disk_is_used_before(unsigned device)
{
	for (unsigned other = 0; other < device; other++)
		if (!(block_config[device].readonly && block_config[other].readonly) &&
		    is_same_file(FD_BLOCK + (int)device, FD_BLOCK + (int)other))
			return true;
	return false;
}

/* Held until the monitor ends; the kernel releases it even if the monitor is killed. */
static void disk_lock(const char *name, const char *path, unsigned device)
{
	struct flock lock = {.l_type = block_config[device].readonly ? F_RDLCK : F_WRLCK, .l_whence = SEEK_SET};

	if (disk_is_used_before(device))
		errno = EAGAIN;
	else if (!fcntl(FD_BLOCK + (int)device, F_OFD_SETLK, &lock))
		return;
	if (errno == EAGAIN || errno == EACCES)
		fail("--block:%s=%s: in use by another device or process; only readonly devices can share a file",
		     name, path);
	fail("--block:%s=%s: lock:", name, path);
}

static void disk_setup(unsigned device)
{
	const char *name = block_config[device].name, *path = disks[device].path;
	bool readonly = block_config[device].readonly;
	int file = *path == '@' ? inherited_take(name, path, readonly) : disk_open(name, path, readonly);
	struct disk *disk = &disks[device];

	/* before any message: if standard error was closed, the file may have its number */
	descriptor_place(file, FD_BLOCK + (int)device);
	file = FD_BLOCK + (int)device;
	if (!disk->sector)
		disk->sector = SECTOR_DEFAULT;
	disk->capacity = disk_size(name, path, file);
	if (!readonly)
		disk_check_writable(name, path, file);
	if (!disk->capacity)
		fail("--block:%s=%s: empty; at least one block of %lu bytes is needed", name, path, disk->sector);
	if (disk->capacity % disk->sector)
		fail("--block:%s=%s: its size of %lu bytes is not a multiple of the block size, %lu", name, path,
		     disk->capacity, disk->sector);
	disk_lock(name, path, device);
	boot_info()->block[device].capacity = disk->capacity;
	boot_info()->block[device].block_size = disk->sector;
}

void block_setup(void)
{
	for (unsigned device = 0; device < BLOCK_DEVICES; device++)
		disk_setup(device);
}
