/* SPDX-License-Identifier: ISC */
/*
 * block/host_allocated.c -- whether an image has all its blocks on the disk
 *
 * With a mapping, a full disk becomes a fault in the middle of a write, so no write
 * may need a new block. The file system's map of extents shows it. Extents that
 * are allocated but unwritten are fine: the kernel has reserved what it needs to
 * mark them written. Shared (reflink, snapshot) and compressed ones are not, since
 * writes go elsewhere. SEEK_HOLE shows neither.
 */
#include "core.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "disk.h"
#include "mapped.h"

enum { EXTENTS = 32 };

enum allocation { ALLOCATED, HOLE, WRITTEN_ELSEWHERE };

bool file_allocate(int file, uint64_t size)
{
	int result;

	do
		result = fallocate(file, 0, 0, (off_t)size);
	while (result && errno == EINTR);
	return !result;
}

static enum allocation extent_allocation(const struct fiemap_extent *extent, uint64_t at)
{
	if (extent->fe_logical > at || extent->fe_logical + extent->fe_length <= at ||
	    extent->fe_flags & (FIEMAP_EXTENT_UNKNOWN | FIEMAP_EXTENT_DELALLOC))
		return HOLE;
	if (extent->fe_flags & (FIEMAP_EXTENT_SHARED | FIEMAP_EXTENT_ENCODED | FIEMAP_EXTENT_NOT_ALIGNED))
		return WRITTEN_ELSEWHERE;
	return ALLOCATED;
}

/* without a map of extents (tmpfs, network file systems) the number of blocks decides */
static enum allocation count_allocation(int file, uint64_t size)
{
	struct stat status;

	return !fstat(file, &status) && (uint64_t)status.st_blocks >= (size + 511) / 512 ? ALLOCATED : HOLE;
}

/* *at is how far the file's blocks are allocated */
static enum allocation file_allocation(int file, uint64_t size, uint64_t *at)
{
	struct {
		struct fiemap map;
		struct fiemap_extent extents[EXTENTS];
	} found;

	for (*at = 0; *at < size;) {
		found.map = (struct fiemap){
			.fm_start = *at, .fm_length = size - *at,
			/* FIEMAP_FLAG_SYNC: delayed allocations are done first */
			.fm_flags = FIEMAP_FLAG_SYNC, .fm_extent_count = EXTENTS,
		};
		if (ioctl(file, FS_IOC_FIEMAP, &found))
			return count_allocation(file, size);
		if (!found.map.fm_mapped_extents)
			return HOLE;
		for (unsigned i = 0; i < found.map.fm_mapped_extents; i++) {
			enum allocation allocation = extent_allocation(&found.extents[i], *at);

			if (allocation != ALLOCATED)
				return allocation;
			*at = found.extents[i].fe_logical + found.extents[i].fe_length;
		}
	}
	return ALLOCATED;
}

/* btrfs never overwrites in place unless the file has the attribute C; its map of extents doesn't show that */
static bool file_is_copied_on_write(int file)
{
	struct statfs system;
	int flags = 0;

	return !fstatfs(file, &system) && system.f_type == BTRFS_SUPER_MAGIC &&
		!ioctl(file, FS_IOC_GETFLAGS, &flags) && !(flags & FS_NOCOW_FL);
}

void file_check_allocated(unsigned device, int file, uint64_t size)
{
	const char *name = block_config[device].name, *path = disks[device].path;
	uint64_t at;
	enum allocation allocation = file_allocation(file, size, &at);

	if (allocation == HOLE)
		fail("--block:%s=%s: not all of its blocks are allocated (from byte %lu on), so a full disk could end "
		     "the guest; use --block-allocate:%s, or file mode", name, path, at, name);
	if (allocation == WRITTEN_ELSEWHERE || file_is_copied_on_write(file))
		fail("--block:%s=%s: this file system writes new blocks for old ones, so a full disk could end "
		     "the guest; use a file that shares no blocks and is not compressed, or file mode", name, path);
}
