/* SPDX-License-Identifier: ISC */
/*
 * test_volume.c -- volumes on a device that forgets: after each end of the power, or of the guest, all that was promised is there
 *
 * The guest's end leaves all that was written on the disk. What is
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

#include "volume_device.h"

enum { STEPS = 120 };

/* which file has a name, and how long it is at least; 0: none */
struct moment {
	uint64_t numbers[NAMES];
	size_t sizes[NAMES];
};

static struct moment moments[STEPS + 1];
static unsigned moment_count, promised;
static unsigned cut_moments, cut_promised;      /* when the power failed */

/* a step that is being done may be there, or not */
static void cut_note(void)
{
	cut_moments = moment_count + 1;
	cut_promised = promised;
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

/* a life of the volume from one mount to the next */
static struct store *live(struct store *store)
{
	unsigned sure = 0, settled_at = 0;
	int power = rand() % 2, settled;

	moment_count = promised = 0;
	moment_note(store);
	cut.came = false;
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
	if (power && cut.came) {
		/* what came after it never was */
		device = cut.device;
		if (moment_count > cut_moments)
			moment_count = cut_moments;
		sure = promised = cut_promised;
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
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_make_again),
		cmocka_unit_test(test_snapshot_full_room),
		cmocka_unit_test(test_sync_unchanged),
		cmocka_unit_test(test_sync_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
