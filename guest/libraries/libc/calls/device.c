/* SPDX-License-Identifier: ISC */
/*
 * device.c -- the devices in /dev: the standard streams and Linux's memory devices
 *
 * They can't be renamed or removed: a program that replaces /dev/null by a file would
 * fill memory. /dev/random and /dev/urandom are there if uk_random is linked in.
 */
#include "device.h"

#include <fcntl.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <uk.h>
#include <unistd.h>

#include "open.h"

/* bytes that one call reads or writes at most, as on Linux */
enum { CALL_MOST = 0x7ffff000 };

/* the streams have their descriptors as numbers */
enum device { STREAMS = STDERR_FILENO + 1, DEVICE_NULL = STREAMS, DEVICE_ZERO, DEVICE_FULL, DEVICE_RANDOM, DEVICE_URANDOM };

static const struct {
	char name[8];
	unsigned char major, minor;
} devices[] = {
	{"stdin", 5, 1}, {"stdout", 5, 1}, {"stderr", 5, 1},
	[DEVICE_NULL] = {"null", 1, 3}, {"zero", 1, 5}, {"full", 1, 7}, {"random", 1, 8}, {"urandom", 1, 9},
};

enum { DEVICES = sizeof(devices) / sizeof(devices[0]) };

extern weak __typeof(uk_random) uk_random;

static struct node nodes[DEVICES];

hidden void devices_make(struct node *root)
{
	static struct node own = {.name = "dev", .mode = S_IFDIR | 0755};
	struct node *folder = node_child(root, "dev", 3);

	if (!folder)
		node_add(root, folder = &own);
	if (!S_ISDIR(folder->mode))
		return;
	folder->fixed = 1;
	for (int i = 0; i < (uk_random ? DEVICES : DEVICE_RANDOM); i++) {
		if (node_child(folder, devices[i].name, strlen(devices[i].name)))
			continue;
		nodes[i] = (struct node){
			.name = devices[i].name,
			.mode = S_IFCHR | 0666,
			.device = makedev(devices[i].major, devices[i].minor),
			.fixed = 1,
		};
		node_add(folder, &nodes[i]);
	}
}

static enum device device_of(struct file *file)
{
	return (enum device)(open_node(file) - nodes);
}

static void zero_fill(void *bytes, size_t size)
{
	memset(bytes, 0, size);
}

/* passes all parts; fill: NULL, or what it does with each */
static long parts_pass(const struct iovec *parts, int count, void (*fill)(void *bytes, size_t size))
{
	size_t done = 0;

	for (int i = 0; i < count; i++) {
		size_t size = parts[i].iov_len < CALL_MOST - done ? parts[i].iov_len : CALL_MOST - done;

		if (fill)
			fill(parts[i].iov_base, size);
		done += size;
	}
	return (long)done;
}

static long device_read(struct file *file, const struct iovec *parts, int count)
{
	enum device device = device_of(file);

	return device == DEVICE_NULL ? 0 : parts_pass(parts, count, device < DEVICE_RANDOM ? zero_fill : uk_random);
}

static long device_read_at(struct file *file, const struct iovec *parts, int count, off_t offset)
{
	(void)offset;
	return device_read(file, parts, count);
}

static long device_write(struct file *file, const struct iovec *parts, int count)
{
	long size = parts_pass(parts, count, NULL);

	return size && device_of(file) == DEVICE_FULL ? -ENOSPC : size;
}

static long device_write_at(struct file *file, const struct iovec *parts, int count, off_t offset)
{
	(void)offset;
	return device_write(file, parts, count);
}

/* they have no position */
static long device_seek(struct file *file, off_t offset, int whence)
{
	(void)file;
	(void)offset;
	return whence < SEEK_SET || whence > SEEK_HOLE ? -EINVAL : 0;
}

static const struct kind kind = {
	.mode = S_IFCHR,
	.read = device_read,
	.write = device_write,
	.read_at = device_read_at,
	.write_at = device_write_at,
	.seek = device_seek,
	.state = open_state,
	.close = open_close,
};

/* a stream is another descriptor for what its own is now */
static long stream_add(long number, long flags)
{
	struct file *file = descriptor_file(number);

	return file ? descriptor_add(file, 0, flags) : -ENOENT;
}

hidden long device_open(struct node *node, long flags)
{
	long number = node - nodes;

	return number < STREAMS ? stream_add(number, flags) : open_as(node, flags, &kind);
}
