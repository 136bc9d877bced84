/* SPDX-License-Identifier: ISC */
/*
 * volume_device.h -- a device that forgets, and volumes on it, for tests; include it after cmocka.h, once per program
 *
 * The device keeps what was written since the last flush apart. Power that fails, also between two
 * writes of one step, leaves any sectors of it on the disk.
 */
#ifndef VOLUME_DEVICE_H
#define VOLUME_DEVICE_H

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "volume/store.h"

enum { SIZE = 512 * 1024, BLOCKS = SIZE / STORE_BLOCK, SECTOR = 512, NAMES = 6, RUNS = 150 };

struct device {
	unsigned char disk[SIZE], now[SIZE];
	unsigned char dirty[BLOCKS];    /* it differs from the disk */
	unsigned writes, calls;
};

/* the moment at which the power fails, and the device as it was then */
struct cut {
	struct device device;
	unsigned at;            /* how many writes there are before */
	bool came;
};

static struct device device;
static struct cut cut;
static const char *const names[NAMES] = {"a", "b", "c", "d", "e", "f"};

/* called at that moment */
static void cut_note(void);

static uint64_t no_time(void)
{
	return 1;
}

static inline long device_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	(void)context;
	assert_true(offset <= SIZE && size <= SIZE - offset);
	memcpy(bytes, device.now + offset, size);
	return 0;
}

static inline long device_write(void *context, uint64_t offset, const void *bytes, size_t size)
{
	(void)context;
	assert_true(offset <= SIZE && size && size <= SIZE - offset && offset % STORE_BLOCK == 0 && size % STORE_BLOCK == 0);
	memcpy(device.now + offset, bytes, size);
	memset(device.dirty + offset / STORE_BLOCK, 1, size / STORE_BLOCK);
	device.calls++;
	if (++device.writes == cut.at) {
		cut.device = device;
		cut.came = true;
		cut_note();
	}
	return 0;
}

static inline long device_flush(void *context)
{
	(void)context;
	device.calls++;
	memcpy(device.disk, device.now, SIZE);
	memset(device.dirty, 0, sizeof(device.dirty));
	return 0;
}

static inline long device_write_flush(void *context, uint64_t offset, const void *bytes, size_t size)
{
	device_write(context, offset, bytes, size);
	device.calls--;
	return device_flush(context);
}

static const struct store_device calls = {
	.read = device_read, .write = device_write, .flush = device_flush, .write_flush = device_write_flush, .now = no_time, .size = SIZE,
};

static inline struct store *volume_mount(void)
{
	struct store *store = calloc(1, sizeof(*store));
	enum store_state state;

	store->device = calls;
	assert_int_equal(store_mount(store, &state), 0);
	assert_int_equal(state, STORE_SOUND);
	return store;
}

static inline void volume_drop(struct store *store)
{
	store_drop(store);
	free(store);
}

static inline struct store *volume_new(void)
{
	memset(&device, 0, sizeof(device));
	assert_int_equal(store_make(&calls), 0);
	return volume_mount();
}

static inline unsigned char byte_of(uint64_t number, size_t offset)
{
	return (unsigned char)(1 + (number * 31 + offset * 7 + offset / STORE_BLOCK * 3) % 255);
}

static inline struct node *file_of(struct store *store, unsigned name)
{
	return node_child(&store->root.node, names[name], 1);
}

static inline struct node *file_make(struct store *store, unsigned name)
{
	struct node *file = NULL;

	assert_int_equal(node_make(&file, &store->root.node, names[name], 1, S_IFREG | 0644, NULL), 0);
	return file;
}

/* a full device is part of the game */
static inline void file_append(struct node *file, size_t size)
{
	unsigned char *bytes = malloc(size);
	long done;

	for (size_t i = 0; i < size; i++)
		bytes[i] = byte_of(file->number, file->size + i);
	done = node_write(file, bytes, size, file->size);
	assert_true(done == (long)size || (done >= 0 && (size_t)done < size) || done == -ENOSPC);
	free(bytes);
}

/* each sector of what was not flushed is on the disk, or is not */
static inline void power_fail(void)
{
	for (size_t at = 0; at < SIZE; at += SECTOR)
		if (device.dirty[at / STORE_BLOCK] && rand() % 2)
			memcpy(device.disk + at, device.now + at, SECTOR);
	memcpy(device.now, device.disk, SIZE);
	memset(device.dirty, 0, sizeof(device.dirty));
}

#endif
