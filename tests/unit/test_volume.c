/* SPDX-License-Identifier: ISC */
/*
 * test_volume.c -- volumes on a device that forgets: after each end of the power, or of the guest, all that was promised is there
 *
 * The device keeps what was written since the last flush apart. Power that fails, also between two
 * writes of one step, leaves any sectors of it on the disk, the guest's end leaves it all. What is
 * then mounted must have the names of a moment since the last promise, files as
 * long as they were then, and in each file its own bytes or zeroes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <cmocka.h>

#include "volume/store.h"

enum { SIZE = 512 * 1024, BLOCKS = SIZE / STORE_BLOCK, SECTOR = 512, NAMES = 6, STEPS = 120, RUNS = 150 };

struct device {
	unsigned char disk[SIZE], now[SIZE];
	unsigned char dirty[BLOCKS];    /* it differs from the disk */
	unsigned writes, calls;
};

/* the moment at which the power fails: as the device was, and what the guest had been promised */
struct cut {
	struct device device;
	unsigned at;            /* how many writes there are before */
	unsigned moments, promised;
};

/* which file has a name, and how long it is at least; 0: none */
struct moment {
	uint64_t numbers[NAMES];
	size_t sizes[NAMES];
};

static struct device device;
static struct cut cut;
static struct moment moments[STEPS + 1];
static unsigned moment_count, promised;
static unsigned step_now, step_cut;     /* of those with pictures */
static const char *const names[NAMES] = {"a", "b", "c", "d", "e", "f"};

static uint64_t no_time(void)
{
	return 1;
}

static long device_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	(void)context;
	assert_true(offset <= SIZE && size <= SIZE - offset);
	memcpy(bytes, device.now + offset, size);
	return 0;
}

/* a step that is being done may be there, or not */
static void cut_note(void)
{
	cut.device = device;
	cut.moments = moment_count + 1;
	cut.promised = promised;
	step_cut = step_now;
}

static long device_write(void *context, uint64_t offset, const void *bytes, size_t size)
{
	(void)context;
	assert_true(offset <= SIZE && size && size <= SIZE - offset && offset % STORE_BLOCK == 0 && size % STORE_BLOCK == 0);
	memcpy(device.now + offset, bytes, size);
	memset(device.dirty + offset / STORE_BLOCK, 1, size / STORE_BLOCK);
	device.calls++;
	if (++device.writes == cut.at)
		cut_note();
	return 0;
}

static long device_flush(void *context)
{
	(void)context;
	device.calls++;
	memcpy(device.disk, device.now, SIZE);
	memset(device.dirty, 0, sizeof(device.dirty));
	return 0;
}

static long device_write_flush(void *context, uint64_t offset, const void *bytes, size_t size)
{
	device_write(context, offset, bytes, size);
	device.calls--;
	return device_flush(context);
}

static const struct store_device calls = {
	.read = device_read, .write = device_write, .flush = device_flush, .write_flush = device_write_flush, .now = no_time, .size = SIZE,
};

static struct store *volume_mount(void)
{
	struct store *store = calloc(1, sizeof(*store));
	enum store_state state;

	store->device = calls;
	assert_int_equal(store_mount(store, &state), 0);
	assert_int_equal(state, STORE_SOUND);
	return store;
}

static void volume_drop(struct store *store)
{
	store_drop(store);
	free(store);
}

static struct store *volume_new(void)
{
	memset(&device, 0, sizeof(device));
	assert_int_equal(store_make(&calls), 0);
	return volume_mount();
}

static unsigned char byte_of(uint64_t number, size_t offset)
{
	return (unsigned char)(1 + (number * 31 + offset * 7 + offset / STORE_BLOCK * 3) % 255);
}

static struct node *file_of(struct store *store, unsigned name)
{
	return node_child(&store->root.node, names[name], 1);
}

static struct node *file_make(struct store *store, unsigned name)
{
	struct node *file = NULL;

	assert_int_equal(node_make(&file, &store->root.node, names[name], 1, S_IFREG | 0644, NULL), 0);
	return file;
}

/* a full device is part of the game */
static void file_append(struct node *file, size_t size)
{
	unsigned char *bytes = malloc(size);
	long done;

	for (size_t i = 0; i < size; i++)
		bytes[i] = byte_of(file->number, file->size + i);
	done = node_write(file, bytes, size, file->size);
	assert_true(done == (long)size || (done >= 0 && (size_t)done < size) || done == -ENOSPC);
	free(bytes);
}

/* what a step changed is seen by a later mount, or not; settled: it is, unless the power fails */
static void step_do(struct store *store, int *settled)
{
	unsigned name = (unsigned)rand() % NAMES, other = (unsigned)rand() % NAMES;
	struct node *file = file_of(store, name);

	*settled = 0;
	switch (rand() % 8) {
	case 0:
		if (file)
			assert_int_equal(node_remove(file), 0);
		*settled = file != NULL;
		break;
	case 1:
		if (file && name != other) {
			assert_int_equal(node_move(file, &store->root.node, names[other], 1, file_of(store, other)), 0);
			*settled = 1;
		}
		break;
	default:
		file_append(file ? file : file_make(store, name), 1 + (size_t)rand() % (rand() % 4 ? 3000 : 60000));
	}
}

static void moment_note(struct store *store)
{
	struct moment *moment = &moments[moment_count++];

	for (unsigned i = 0; i < NAMES; i++) {
		const struct node *file = file_of(store, i);

		moment->numbers[i] = file ? file->number : 0;
		moment->sizes[i] = file ? file->size : 0;
	}
}

static int names_are(struct store *store, const struct moment *moment)
{
	for (unsigned i = 0; i < NAMES; i++) {
		const struct node *file = file_of(store, i);

		if ((file ? file->number : 0) != moment->numbers[i])
			return 0;
	}
	return 1;
}

/* of the moment that was promised, a file that is still there */
static size_t size_promised(uint64_t number)
{
	for (unsigned i = 0; i < NAMES; i++)
		if (moments[promised].numbers[i] == number)
			return moments[promised].sizes[i];
	return 0;
}

/* bytes of a file that are zero, all of them behind what is sure; all others are its own */
static size_t file_check(struct node *file, size_t sure)
{
	unsigned char *bytes = malloc(file->size + 1);
	size_t lost = 0;

	assert_true(file->size >= sure);
	assert_int_equal(node_read(file, bytes, file->size, 0), file->size);
	for (size_t i = 0; i < file->size; i++) {
		assert_true(bytes[i] == byte_of(file->number, i) || (i >= sure && !bytes[i]));
		lost += !bytes[i];
	}
	free(bytes);
	return lost;
}

static void volume_check(struct store *store, unsigned from)
{
	unsigned i = from;

	while (i < moment_count && !names_are(store, &moments[i]))
		i++;
	assert_true(i < moment_count);
	/* what was never promised may be lost; a file with such holes would hide what is lost later */
	for (unsigned name = 0; name < NAMES; name++)
		if (file_of(store, name) && file_check(file_of(store, name), size_promised(file_of(store, name)->number)))
			assert_int_equal(node_remove(file_of(store, name)), 0);
	assert_int_equal(store_commit(store, 1, 0), 0);
}

/* each sector of what was not flushed is on the disk, or is not */
static void power_fail(void)
{
	for (size_t at = 0; at < SIZE; at += SECTOR)
		if (device.dirty[at / STORE_BLOCK] && rand() % 2)
			memcpy(device.disk + at, device.now + at, SECTOR);
	memcpy(device.now, device.disk, SIZE);
	memset(device.dirty, 0, sizeof(device.dirty));
}

/* a life of the volume from one mount to the next */
static struct store *live(struct store *store)
{
	unsigned sure = 0, settled_at = 0;
	int power = rand() % 2, settled;

	moment_count = promised = 0;
	moment_note(store);
	cut.moments = 0;
	cut.at = rand() % 2 ? device.writes + 1 + (unsigned)rand() % 60 : 0;
	/* what was mounted is what is there, but only a promise makes it stay */
	for (int steps = rand() % STEPS; steps > 0; steps--) {
		step_do(store, &settled);
		moment_note(store);
		if (settled)
			settled_at = moment_count - 1;
		if (!(rand() % 6)) {
			assert_int_equal(store_commit(store, 1, rand() % 2), 0);
			sure = promised = moment_count - 1;
		}
	}
	volume_drop(store);
	if (power && cut.moments) {
		/* what came after it never was */
		device = cut.device;
		if (moment_count > cut.moments)
			moment_count = cut.moments;
		sure = promised = cut.promised;
	}
	if (power)
		power_fail();
	store = volume_mount();
	volume_check(store, power ? sure : settled_at > sure ? settled_at : sure);
	return store;
}

static void test_ends(void **state)
{
	(void)state;
	for (unsigned run = 0; run < RUNS; run++) {
		struct store *store;

		srand(run);
		store = volume_new();
		for (int lives = 0; lives < 6; lives++)
			store = live(store);
		volume_drop(store);
	}
}

static void test_full(void **state)
{
	struct store *store = volume_new();
	struct node *file = file_make(store, 0), *other;
	uint32_t free_before = store->free;
	unsigned count = 0;
	char name[16];
	long error;

	(void)state;
	for (size_t before = 1; before != file->size;) {
		before = file->size;
		file_append(file, 50000);
	}
	assert_int_equal(store->free, 0);
	assert_int_equal(node_write(file, "x", 1, file->size + STORE_BLOCK), -ENOSPC);
	assert_int_equal(store_commit(store, 1, 0), 0);
	assert_int_equal(node_remove(file), 0);
	/* blocks come back when the removal is on the disk */
	other = file_make(store, 1);
	file_append(other, 50000);
	assert_int_equal(other->size, 50000);
	assert_int_equal(node_remove(other), 0);
	assert_int_equal(store_commit(store, 1, 0), 0);
	assert_int_equal(store->free, free_before);
	/* names without end: half of an area is the limit, and what is there can still be changed */
	do {
		snprintf(name, sizeof(name), "%u", count++);
		error = node_make(&file, &store->root.node, name, strlen(name), S_IFREG | 0600, NULL);
	} while (!error);
	assert_int_equal(error, -ENOSPC);
	assert_true(count > 300);
	assert_int_equal(store_commit(store, 1, 0), 0);
	volume_drop(store);
	store = volume_mount();
	for (unsigned i = 0; i + 1 < count; i++) {
		snprintf(name, sizeof(name), "%u", i);
		assert_non_null(node_child(&store->root.node, name, strlen(name)));
		assert_int_equal(node_remove(node_child(&store->root.node, name, strlen(name))), 0);
	}
	volume_drop(store);
}

/* --- batches: all bytes of a file's block have the number of the step that wrote it --- */

enum { BATCH_BLOCKS = 40, BATCH_LIVES = 8, BATCH_STEPS = 40 };

/* zero: a hole */
struct picture {
	unsigned char values[BATCH_BLOCKS];
	size_t size;
};

/* before each step, which a sync or the end of a batch ends */
static struct picture pictures[BATCH_STEPS + 2];

static void picture_write(struct picture *picture, unsigned block, unsigned char value)
{
	picture->values[block] = value;
	if (picture->size < (block + 1) * (size_t)STORE_BLOCK)
		picture->size = (block + 1) * (size_t)STORE_BLOCK;
}

static long value_write(struct node *file, unsigned block, unsigned char value)
{
	unsigned char bytes[STORE_BLOCK];
	long done;

	memset(bytes, value, sizeof(bytes));
	done = node_write(file, bytes, sizeof(bytes), (uint64_t)block * STORE_BLOCK);
	assert_true(done == sizeof(bytes) || done < 0);
	return done < 0 ? done : 0;
}

static long batch(struct node *file, enum volume_batch step)
{
	return store_kind.batch(file, step);
}

/* some blocks, old and new; more than a batch can have, or more than a small area has room for; or undone */
static void batch_do(struct node *file, unsigned char value, struct picture *picture)
{
	unsigned count = 1 + (unsigned)rand() % (rand() % 5 ? 6 : BATCH_BLOCKS), first = (unsigned)rand() % BATCH_BLOCKS;
	struct picture before = *picture;
	long error = 0;

	assert_int_equal(batch(file, BATCH_BEGIN), 0);
	for (unsigned i = 0; i < count && !error; i++) {
		error = value_write(file, (first + i) % BATCH_BLOCKS, value);
		picture_write(picture, (first + i) % BATCH_BLOCKS, value);
	}
	assert_true(!error || (error == -EFBIG && count > STORE_PAGES / 2));
	if (rand() % 8 == 0) {
		assert_int_equal(batch(file, BATCH_UNDO), 0);
		*picture = before;
	} else {
		error = batch(file, BATCH_END);
		assert_true(!error || (error == -EFBIG && count > 3));
		if (error)
			*picture = before;
	}
	assert_int_equal(batch(file, BATCH_END), -EINVAL);
}

/* the blocks of another file are freed, and used again, also by the batches' file */
static void other_do(struct store *store)
{
	struct node *other = file_of(store, 1);

	file_append(other ? other : file_make(store, 1), 1 + (size_t)rand() % 30000);
	/* never so large that the device is full */
	if (file_of(store, 1)->size > 60000 || rand() % 3 == 0)
		assert_int_equal(node_remove(file_of(store, 1)), 0);
}

static void pictured_do(struct store *store, struct node *file, unsigned char value, struct picture *picture)
{
	unsigned block = (unsigned)rand() % BATCH_BLOCKS;

	switch (rand() % 6) {
	case 0:
		other_do(store);
		return;
	case 1:
		assert_int_equal(value_write(file, block, value), 0);
		picture_write(picture, block, value);
		assert_int_equal(store_commit(store, 1, rand() % 2), 0);
		return;
	default:
		batch_do(file, value, picture);
	}
}

static int file_is(struct node *file, const struct picture *picture, const struct picture *other)
{
	unsigned char bytes[STORE_BLOCK], byte;

	if (file->size != picture->size && file->size != other->size)
		return 0;
	for (size_t i = 0; i < file->size / STORE_BLOCK; i++) {
		assert_int_equal(node_read(file, bytes, sizeof(bytes), i * STORE_BLOCK), sizeof(bytes));
		for (size_t at = 0; at < sizeof(bytes); at++) {
			byte = bytes[at];
			if (byte != bytes[at / SECTOR * SECTOR] || (byte != picture->values[i] && byte != other->values[i]))
				return 0;
		}
	}
	return 1;
}

/* how many blocks differ: a batch may change many, and all or none of them are seen; others change one */
static unsigned difference(const struct picture *picture, const struct picture *other)
{
	unsigned count = 0;

	for (unsigned i = 0; i < BATCH_BLOCKS; i++)
		count += picture->values[i] != other->values[i];
	return count;
}

static void picture_take(struct node *file, struct picture *picture)
{
	unsigned char byte;

	*picture = (struct picture){.size = file->size};
	for (size_t i = 0; i < file->size / STORE_BLOCK; i++) {
		assert_int_equal(node_read(file, &byte, 1, i * STORE_BLOCK), 1);
		picture->values[i] = byte;
	}
}

static struct store *batches_live(struct store *store, unsigned life)
{
	struct node *file = file_of(store, 0);
	struct picture before, after;
	int power = rand() % 2;

	cut.moments = 0;
	cut.at = power ? device.writes + 1 + (unsigned)rand() % 60 : 0;
	for (step_now = 0; step_now < BATCH_STEPS; step_now++) {
		pictures[step_now + 1] = pictures[step_now];
		pictured_do(store, file, (unsigned char)(1 + (life * BATCH_STEPS + step_now) % 255), &pictures[step_now + 1]);
		assert_true(file_is(file, &pictures[step_now + 1], &pictures[step_now + 1]));
	}
	pictures[BATCH_STEPS + 1] = pictures[BATCH_STEPS];
	/* one without an end never was */
	if (rand() % 2) {
		assert_int_equal(batch(file, BATCH_BEGIN), 0);
		assert_int_equal(value_write(file, 0, 255), 0);
		assert_int_equal(value_write(file, BATCH_BLOCKS - 1, 255), 0);
	}
	volume_drop(store);
	before = after = pictures[BATCH_STEPS];
	if (power && cut.moments) {
		device = cut.device;
		before = pictures[step_cut];
		after = pictures[step_cut + 1];
	}
	if (power)
		power_fail();
	store = volume_mount();
	file = file_of(store, 0);
	assert_true(file_is(file, &before, &before) || file_is(file, &after, &after) ||
		    (difference(&before, &after) == 1 && file_is(file, &before, &after)));
	/* a block of which only some sectors were written is written again */
	picture_take(file, &pictures[0]);
	for (unsigned i = 0; i < pictures[0].size / STORE_BLOCK && difference(&before, &after) == 1; i++)
		if (before.values[i] != after.values[i]) {
			assert_int_equal(value_write(file, i, after.values[i]), 0);
			pictures[0].values[i] = after.values[i];
		}
	assert_int_equal(store_commit(store, 1, 0), 0);
	return store;
}

static void test_batches(void **state)
{
	(void)state;
	for (unsigned run = 0; run < RUNS; run++) {
		struct store *store = volume_new();

		srand(run);
		file_make(store, 0);
		assert_int_equal(store_commit(store, 1, 0), 0);
		pictures[0] = (struct picture){0};
		for (unsigned life = 0; life < BATCH_LIVES; life++)
			store = batches_live(store, life);
		volume_drop(store);
	}
}

/* the end of a batch is one write and one flush, and the sync after it nothing */
static void test_batch_calls(void **state)
{
	struct store *store = volume_new();
	struct node *file = file_make(store, 0), *other = file_make(store, 1);
	enum store_state found;

	(void)state;
	assert_int_equal(value_write(file, 0, 1), 0);
	assert_int_equal(store_commit(store, 1, 0), 0);
	assert_int_equal(batch(file, BATCH_BEGIN), 0);
	assert_int_equal(batch(file, BATCH_UNDO), 0);
	device.calls = 0;
	for (unsigned char i = 2; i < 4; i++) {
		assert_int_equal(batch(file, BATCH_BEGIN), 0);
		assert_int_equal(batch(other, BATCH_BEGIN), -EBUSY);
		assert_int_equal(value_write(file, 0, i), 0);
		assert_int_equal(value_write(file, 7, i), 0);
		assert_int_equal(node_resize(file, 0), -EBUSY);
		assert_int_equal(batch(file, BATCH_END), 0);
		assert_int_equal(store_commit(store, 1, 1), 0);
	}
	assert_int_equal(device.calls, 2);
	/* a sync in a batch undoes it, and so does the removal of its file */
	assert_int_equal(batch(file, BATCH_BEGIN), 0);
	assert_int_equal(value_write(file, 0, 4), 0);
	assert_int_equal(store_commit(store, 1, 0), 0);
	assert_int_equal(value_write(file, 0, 4), -EFBIG);
	assert_int_equal(batch(file, BATCH_END), -EFBIG);
	assert_int_equal(batch(other, BATCH_BEGIN), 0);
	assert_int_equal(value_write(other, 0, 5), 0);
	assert_int_equal(node_remove(other), 0);
	assert_int_equal(store_commit(store, 1, 0), 0);
	volume_drop(store);
	/* what is in the log is read from there, also where nothing can be written */
	store = calloc(1, sizeof(*store));
	store->device = calls;
	store->volume.readonly = 1;
	assert_int_equal(store_mount(store, &found), 0);
	assert_true(file_is(file_of(store, 0), &(struct picture){{3, 0, 0, 0, 0, 0, 0, 3}, 8 * STORE_BLOCK},
			    &(struct picture){{3, 0, 0, 0, 0, 0, 0, 3}, 8 * STORE_BLOCK}));
	assert_null(file_of(store, 1));
	volume_drop(store);
}

/* a record that was on the disk, and no longer is, is damage; so is a header that is neither there nor clear */
static void test_damage(void **state)
{
	struct store *store = volume_new();
	uint32_t position = store_area_start(store, 0) + store->position;
	enum store_state found;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		file_make(store, i);
		assert_int_equal(store_commit(store, 1, 0), 0);
	}
	volume_drop(store);
	device.now[(size_t)(position + 1) * STORE_BLOCK + 40] ^= 1;
	store = calloc(1, sizeof(*store));
	store->device = calls;
	assert_int_equal(store_mount(store, &found), 0);
	assert_int_equal(found, STORE_DAMAGED);
	assert_non_null(file_of(store, 0));
	assert_null(file_of(store, 1));
	assert_int_equal(node_remove(file_of(store, 0)), -EROFS);
	store_drop(store);
	device.now[(size_t)(position + 1) * STORE_BLOCK + 40] ^= 1;
	device.now[STORE_BLOCK + 7] = 1;
	memset(store, 0, sizeof(*store));
	store->device = calls;
	assert_int_equal(store_mount(store, &found), 0);
	assert_int_equal(found, STORE_DAMAGED);
	assert_non_null(file_of(store, 2));
	store_drop(store);
	device.now[7] ^= 1;
	memset(store, 0, sizeof(*store));
	store->device = calls;
	assert_int_equal(store_mount(store, &found), -EUCLEAN);
	memset(device.now, 0, 2 * STORE_BLOCK);
	memset(store, 0, sizeof(*store));
	store->device = calls;
	assert_int_equal(store_mount(store, &found), -ENODATA);
	free(store);
}

/* a volume that is made anew has nothing of the one before, whose records have the same generations */
static void test_make_again(void **state)
{
	struct store *store = volume_new();

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		file_make(store, i);
		assert_int_equal(store_commit(store, 1, 0), 0);
	}
	assert_int_equal(store_snapshot(store), 0);
	for (unsigned i = 3; i < NAMES; i++) {
		file_make(store, i);
		assert_int_equal(store_commit(store, 1, 0), 0);
	}
	volume_drop(store);
	assert_int_equal(store_make(&calls), 0);
	for (int snapshots = 0; snapshots < 2; snapshots++) {
		store = volume_mount();
		assert_null(store->root.node.first);
		assert_int_equal(store_settle(store), 0);
		assert_int_equal(store_snapshot(store), 0);
		volume_drop(store);
	}
}

/* a snapshot that ends where the room does in which it is put together */
static void test_snapshot_full_room(void **state)
{
	enum { PAGES = 4, ROOT = 33, NODE = 45, ROOM = PAGES * STORE_BLOCK };
	struct store *store = volume_new();
	struct node *link, *root = &store->root.node;
	char target[STORE_TARGET_MAX + 1];
	size_t left = ROOM - ROOT;

	(void)state;
	for (unsigned i = 0; left; i++) {
		size_t size = left > NODE + STORE_TARGET_MAX ? STORE_TARGET_MAX : left - NODE;

		memset(target, 'x', size);
		target[size] = 0;
		assert_int_equal(node_make(&link, root, names[i], 1, S_IFLNK | 0777, target), 0);
		left -= NODE + size;
	}
	assert_int_equal(store->live, ROOM - ROOT);
	assert_int_equal(store_commit(store, 1, 0), 0);
	store->page_count = PAGES;
	assert_int_equal(store_snapshot(store), 0);
	store->page_count = STORE_PAGES;
	assert_int_equal(store->position, PAGES);
	volume_drop(store);
	store = volume_mount();
	assert_non_null(file_of(store, 3));
	volume_drop(store);
}

/* what is read after a guest was killed is on the disk when a sync says so, even without a change */
static void test_sync_unchanged(void **state)
{
	struct store *store = volume_new();

	(void)state;
	file_make(store, 0);
	assert_int_equal(store_commit(store, 0, 0), 0);
	volume_drop(store);
	store = volume_mount();
	assert_int_equal(store_commit(store, 1, 0), 0);
	volume_drop(store);
	memcpy(device.now, device.disk, SIZE);
	store = volume_mount();
	assert_non_null(file_of(store, 0));
	volume_drop(store);
}

/* each call of the device can be an exit of the guest */
static void test_sync_calls(void **state)
{
	struct store *store = volume_new();
	struct node *file = file_make(store, 0);

	(void)state;
	file_append(file, 2 * STORE_BLOCK);
	device.calls = 0;
	/* the data, then the record that adds it to the file */
	assert_int_equal(store_commit(store, 1, 1), 0);
	assert_int_equal(device.calls, 2);
	assert_int_equal(node_write(file, "x", 1, 0), 1);
	assert_int_equal(store_commit(store, 1, 1), 0);
	assert_int_equal(device.calls, 3);
	/* the time: data and record need no order */
	assert_int_equal(node_write(file, "x", 1, 0), 1);
	assert_int_equal(store_commit(store, 1, 0), 0);
	assert_int_equal(device.calls, 5);
	assert_int_equal(store_commit(store, 1, 0), 0);
	assert_int_equal(device.calls, 5);
	assert_memory_equal(device.disk, device.now, SIZE);
	volume_drop(store);
}

static void test_checksum(void **state)
{
	(void)state;
	/* the check value that CRC-32C's catalogue gives */
	assert_int_equal(checksum(0, "123456789", 9), 0xe3069283);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_checksum),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_batches),
		cmocka_unit_test(test_batch_calls),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_make_again),
		cmocka_unit_test(test_snapshot_full_room),
		cmocka_unit_test(test_sync_unchanged),
		cmocka_unit_test(test_sync_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
