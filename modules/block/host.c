/* SPDX-License-Identifier: ISC */
/*
 * block/host.c -- serves reads and writes of each device from its image file
 *
 * Nothing that is written may reach beyond the capacity that was found at setup:
 * every call passes range_is_valid first. The capacity is kept here, since what
 * boot info says is for the guest alone.
 */
#include "core.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR_DEFAULT = 512, SECTOR_MAXIMUM = 4096 };

static struct disk {
	const char *path;               /* as the user wrote it */
	uint64_t capacity, sector;      /* bytes */
} disks[BLOCK_DEVICES];

void option_block(unsigned device, const char *value)
{
	disks[device].path = value;
}

void option_block_sector_size(unsigned device, const char *value)
{
	uint64_t sector = number_parse("block-sector-size", value, SECTOR_DEFAULT, SECTOR_MAXIMUM);

	if (sector & (sector - 1))
		fail("--block-sector-size:%s=%s: not a power of two; accepted are 512, 1024, 2048 and 4096",
		     block_config[device].name, value);
	disks[device].sector = sector;
}

/* text is what follows '@'; standard input, output and error have another use */
static int inherited_parse(const char *name, const char *text)
{
	int number = 0;
	const char *digit = text;

	for (; *digit >= '0' && *digit <= '9' && number < FD_FIRST; digit++)
		number = number * 10 + (*digit - '0');
	if (digit == text || *digit || number <= STDERR_FILENO || number >= FD_FIRST)
		fail("--block:%s=@%s: not a descriptor; accepted are @%d to @%d", name, text,
		     STDERR_FILENO + 1, FD_FIRST - 1);
	return number;
}

/* An inherited descriptor was opened by someone else: it must allow what the device does. */
static int inherited_take(const char *name, const char *path, bool readonly)
{
	int file = inherited_parse(name, path + 1);
	int flags = fcntl(file, F_GETFL), mode = flags & O_ACCMODE;

	if (flags < 0)
		fail("--block:%s=%s:", name, path);
	if (flags & O_PATH || mode == O_WRONLY || (!readonly && mode != O_RDWR))
		fail("--block:%s=%s: the descriptor is not open for %s", name, path,
		     readonly ? "reading" : "reading and writing");
	/* Linux would append, whatever offset pwrite is given */
	if (!readonly && flags & O_APPEND)
		fail("--block:%s=%s: the descriptor is open for appending; open it without O_APPEND", name, path);
	return file;
}

static int disk_open(const char *name, const char *path, bool readonly)
{
	/* O_NONBLOCK: a FIFO is refused, not waited for */
	int file = open(path, (readonly ? O_RDONLY : O_RDWR) | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

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

/* Held until the monitor ends, and given up by the kernel even if it is killed. */
static void disk_lock(const char *name, const char *path, int file, bool readonly)
{
	struct flock lock = {.l_type = readonly ? F_RDLCK : F_WRLCK, .l_whence = SEEK_SET};

	if (!fcntl(file, F_OFD_SETLK, &lock))
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

	/* before any message: where standard error was closed, the file may have got its number */
	descriptor_place(file, FD_BLOCK + (int)device);
	file = FD_BLOCK + (int)device;
	if (!disk->sector)
		disk->sector = SECTOR_DEFAULT;
	disk->capacity = disk_size(name, path, file);
	if (!disk->capacity)
		fail("--block:%s=%s: empty; at least one block of %lu bytes is needed", name, path, disk->sector);
	if (disk->capacity % disk->sector)
		fail("--block:%s=%s: its size of %lu bytes is not a multiple of the block size, %lu", name, path,
		     disk->capacity, disk->sector);
	disk_lock(name, path, file, readonly);
	boot_info()->block[device].capacity = disk->capacity;
	boot_info()->block[device].block_size = disk->sector;
}

void block_setup(void)
{
	for (unsigned device = 0; device < BLOCK_DEVICES; device++)
		disk_setup(device);
}

/* whole blocks, at least one, all of them on the device */
static bool range_is_valid(const struct disk *disk, uint64_t offset, uint64_t size)
{
	return size && !(offset % disk->sector) && !(size % disk->sector) &&
		size <= disk->capacity && offset <= disk->capacity - size;
}

int64_t host_block_read(uint64_t d, uint64_t offset, uint8_t *data, uint64_t size)
{
	if (!range_is_valid(&disks[d], offset, size))
		return RESULT_INVALID;
	while (size) {
		ssize_t count = pread(FD_BLOCK + (int)d, data, size, (off_t)offset);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)         /* 0: someone made the file shorter */
			return RESULT_UNSPECIFIED;
		data += count;
		offset += (uint64_t)count;
		size -= (uint64_t)count;
	}
	return RESULT_OK;
}

int64_t host_block_write(uint64_t d, uint64_t offset, const uint8_t *data, uint64_t size)
{
	if (block_config[d].readonly || !range_is_valid(&disks[d], offset, size))
		return RESULT_INVALID;
	while (size) {
		ssize_t count = pwrite(FD_BLOCK + (int)d, data, size, (off_t)offset);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return RESULT_UNSPECIFIED;
		data += count;
		offset += (uint64_t)count;
		size -= (uint64_t)count;
	}
	return RESULT_OK;
}

int64_t host_block_flush(uint64_t d)
{
	return fdatasync(FD_BLOCK + (int)d) ? RESULT_UNSPECIFIED : RESULT_OK;
}

int64_t host_block_discard(uint64_t d, uint64_t offset, uint64_t size)
{
	if (block_config[d].readonly || !range_is_valid(&disks[d], offset, size))
		return RESULT_INVALID;
	/* the mode is a constant of block.mod, too */
	return fallocate(FD_BLOCK + (int)d, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)size) ?
		RESULT_UNSPECIFIED : RESULT_OK;
}
