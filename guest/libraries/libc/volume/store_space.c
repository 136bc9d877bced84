/* SPDX-License-Identifier: ISC */
/* store_space.c -- the free blocks of a volume */
#include "store.h"

static int is_set(const unsigned char *bits, uint32_t block)
{
	return bits[block / 8] >> block % 8 & 1;
}

static void set(unsigned char *bits, uint32_t block)
{
	bits[block / 8] |= (unsigned char)(1 << block % 8);
}

static void clear(unsigned char *bits, uint32_t block)
{
	bits[block / 8] &= (unsigned char)~(1 << block % 8);
}

/* the first free block in a range; its end if there is none */
static uint32_t free_find(const struct store *store, uint32_t block, uint32_t end)
{
	while (block < end && is_set(store->taken, block))
		block += block % 8 || store->taken[block / 8] != 0xff || end - block < 8 ? 1 : 8;
	return block;
}

uint32_t space_take(struct store *store, uint32_t near, uint32_t count, uint32_t *taken)
{
	uint32_t start = store_data_start(store), found;

	if (!store->free)
		return 0;
	if (near < start || near >= store->blocks || is_set(store->taken, near))
		near = store->cursor < start ? start : store->cursor;
	found = free_find(store, near, store->blocks);
	if (found == store->blocks)
		found = free_find(store, start, near);
	for (*taken = 0; *taken < count && found + *taken < store->blocks && !is_set(store->taken, found + *taken); ++*taken)
		set(store->taken, found + *taken);
	store->free -= *taken;
	store->cursor = found + *taken;
	return found;
}

int space_claim(struct store *store, uint32_t block, uint32_t count)
{
	if (block < store_data_start(store) || block > store->blocks || count > store->blocks - block)
		return 0;
	for (uint32_t i = 0; i < count; i++)
		if (is_set(store->taken, block + i)) {
			space_give(store, block, i, 1);
			return 0;
		}
		else {
			set(store->taken, block + i);
			store->free--;
		}
	return 1;
}

void space_give(struct store *store, uint32_t block, uint32_t count, int at_once)
{
	if (!at_once && (!store->freed_count || block < store->freed_low))
		store->freed_low = block;
	if (!at_once && (!store->freed_count || block + count > store->freed_high))
		store->freed_high = block + count;
	for (uint32_t i = block; i < block + count; i++)
		if (at_once) {
			clear(store->taken, i);
			store->free++;
		} else {
			set(store->freed, i);
			store->freed_count++;
		}
}

void space_settle(struct store *store)
{
	if (!store->freed_count)
		return;
	for (uint32_t i = store->freed_low / 8; i <= (store->freed_high - 1) / 8; i++) {
		store->taken[i] &= (unsigned char)~store->freed[i];
		store->freed[i] = 0;
	}
	store->free += store->freed_count;
	store->freed_count = 0;
}
