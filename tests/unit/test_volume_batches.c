/* SPDX-License-Identifier: ISC */
/*
 * test_volume_batches.c -- batches of writes on a device that forgets: after each end of the power all of one is there, or nothing
 *
 * All bytes of a file's block have the number of the step that wrote it.
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

enum { BATCH_BLOCKS = 40, BATCH_LIVES = 8, BATCH_STEPS = 40 };

/* zero: a hole */
struct picture {
	unsigned char values[BATCH_BLOCKS];
	size_t size;
};

/* before each step, which a sync or the end of a batch ends */
static struct picture pictures[BATCH_STEPS + 2];
static unsigned step_now, step_cut;

static void cut_note(void)
{
	step_cut = step_now;
}

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

	cut.came = false;
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
	if (power && cut.came) {
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_batches),
		cmocka_unit_test(test_batch_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
