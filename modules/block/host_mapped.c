/* SPDX-License-Identifier: ISC */
/*
 * block/host_mapped.c -- mapped mode: maps images into guest memory
 *
 * The monitor itself never accesses that memory: beyond the end of a truncated
 * file it would get SIGBUS. The guest's access there ends it (vm_run).
 */
#include "core.h"

#include <errno.h>
#include <linux/mman.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "counted.h"
#include "disk.h"
#include "mapped.h"
#include "rate.h"

struct mapped mapped[BLOCK_DEVICES];

void option_block_allocate(unsigned device, const char *value)
{
	(void)value;
	if (block_config[device].readonly)
		fail("--block-allocate:%s: the device is readonly; nothing is written to its file", block_config[device].name);
	mapped[device].allocate = true;
}

void option_block_populate(unsigned device, const char *value)
{
	(void)value;
	mapped[device].populate = true;
}

/*
 * A guest's first access to a page takes half as long if the page is mapped for the
 * monitor. What has to be read from the disk becomes large pages where the file
 * system has these: the guest then faults once for 2 MiB. Not so for a writable
 * image: the first write to a large page makes all of it dirty.
 */
static void memory_populate(const char *name, void *memory, uint64_t size, bool writable)
{
	/* without large pages this fails, which does no harm */
	if (!writable)
		madvise(memory, size, MADV_HUGEPAGE);
	while (madvise(memory, size, MADV_POPULATE_READ))
		if (errno == EINVAL)
			fail("--block-populate:%s: this needs Linux 5.14 or later", name);
		else if (errno != EINTR)
			fail("--block-populate:%s:", name);
}

static bool file_is_regular(int file)
{
	struct stat status;

	return !fstat(file, &status) && S_ISREG(status.st_mode);
}

static void map_setup(unsigned device)
{
	const char *name = block_config[device].name, *path = disks[device].path;
	uint64_t capacity = disks[device].capacity, address;
	bool writable = !block_config[device].readonly;
	int file = FD_BLOCK + (int)device;
	bool regular = file_is_regular(file);

	if (mapped[device].allocate && regular && !file_allocate(file, capacity))
		fail("--block-allocate:%s: %s:", name, path);
	if (mapped[device].mode == MODE_FILE || (mapped[device].mode == MODE_NOT_CHOSEN && !CONFIG_BLOCK_MAPPED_FIRST)) {
		if (mapped[device].populate)
			fail("--block-populate:%s: the device is in file mode; only mapped images can be populated", name);
		return;
	}
	if (CONFIG_BLOCK_RATED && rate_is_limited(device))
		fail("--block-rate:%s: the device is mapped; only devices in file mode can be limited (--block-mode:%s=file)",
		     name, name);
	if (writable && regular)
		file_check_allocated(device, file, capacity);
	address = memory_map_file(file, capacity, writable, &mapped[device].memory);
	if (!address)
		fail("--block:%s=%s: map %lu bytes:", name, path, capacity);
	if (mapped[device].populate)
		memory_populate(name, mapped[device].memory, capacity, writable);
	boot_info()->block[device].address = address;
	boot_info()->block[device].writable = writable ? capacity : 0;
}

void block_map(void)
{
	for (unsigned device = 0; device < BLOCK_DEVICES; device++)
		map_setup(device);
}

static int64_t image_sync(uint64_t d)
{
	if (!mapped[d].memory)
		return RESULT_INVALID;
	/* whole pages: the kernel rounds the length up */
	while (msync(mapped[d].memory, disks[d].capacity, MS_SYNC))
		if (errno != EINTR)
			return RESULT_UNSPECIFIED;
	return RESULT_OK;
}

int64_t host_block_sync(uint64_t d)
{
	uint64_t start = call_begin();

	return call_end(d, OPERATION_FLUSH, 0, image_sync(d), start);
}

/* After an abort or trap: says so if a mapped file has been truncated. */
void block_report(int exit_status)
{
	for (unsigned device = 0; exit_status < 0 && device < BLOCK_DEVICES; device++) {
		struct stat status;

		if (mapped[device].memory && !fstat(FD_BLOCK + (int)device, &status) && S_ISREG(status.st_mode) &&
		    (uint64_t)status.st_size < disks[device].capacity)
			message("--block:%s=%s: truncated while the guest ran, from %lu to %lu bytes",
				block_config[device].name, disks[device].path, disks[device].capacity,
				(unsigned long)status.st_size);
	}
}
