/* SPDX-License-Identifier: ISC */
/*
 * scribble.c -- a hostile guest: damages the rings of its device "service" while the monitor uses them
 *
 * Argument: which damage; see damages[], cuts[] and splits[]. "random SEED" writes random values
 * everywhere in them until that ends it; "race SECONDS" changes lengths and
 * addresses all the time, but only among those that are allowed, and ends with 0.
 * Those whose names begin with "cut" or "parts" need NET_OFFLOAD to be found out for what they are.
 */
#include <stdbool.h>
#include <string.h>

#include "solo5.h"

/* modules/net/ring.h, for the default of 256 frames */
enum { RING = 256, PLACE = 1536 };

struct descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags, next;
};

struct queue {
	struct descriptor descriptors[RING];
	uint16_t available_flags, available_index, available[RING], used_event;
	uint16_t used_flags __attribute__((aligned(64))), used_index;
	struct { uint32_t id, length; } used[RING];
	uint16_t available_event;
} __attribute__((aligned(64)));

extern volatile struct {
	struct queue transmit, receive;
	uint32_t up;
} __attribute__((aligned(64))) shared_net_rings[1];

void doorbell_net_kick(unsigned device);

static volatile struct queue *const transmit = &shared_net_rings[0].transmit;
static volatile struct queue *const receive = &shared_net_rings[0].receive;
static solo5_handle_t handle;
static uint64_t state;

/* xorshift64: George Marsaglia, "Xorshift RNGs", 2003 */
static uint64_t random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	return state ^= state << 17;
}

static unsigned long number(const char *text)
{
	unsigned long value = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		value = value * 10 + (unsigned long)(*text - '0');
	return value;
}

/* commits one descriptor of the transmit ring as it is */
static void commit(uint64_t address, uint32_t length, uint16_t flags)
{
	uint16_t index = transmit->available_index;

	transmit->descriptors[0] = (struct descriptor){address, length, flags, 0};
	transmit->available[index % RING] = 0;
	transmit->available_index = (uint16_t)(index + 1);
	__sync_synchronize();
	doorbell_net_kick(0);
}

static void damage_index(void)
{
	transmit->available_index = (uint16_t)(transmit->available_index + RING + 1);
	__sync_synchronize();
	doorbell_net_kick(0);
}

static void damage_head(void)
{
	transmit->available[transmit->available_index % RING] = 0xffff;
	transmit->available_index++;
	__sync_synchronize();
	doorbell_net_kick(0);
}

static void damage_flags(void)
{
	commit(transmit->descriptors[1].address, 60, 1);
}

static void damage_direction(void)
{
	commit(transmit->descriptors[1].address, 60, 2);
}

static void damage_long(void)
{
	commit(transmit->descriptors[1].address, 1515, 0);
}

static void damage_short(void)
{
	commit(transmit->descriptors[1].address, 13, 0);
}

static void damage_null(void)
{
	commit(0, 60, 0);
}

static void damage_tables(void)
{
	commit(0x15000, 60, 0);
}

static void damage_above(void)
{
	commit(1ul << 40, 60, 0);
}

static void damage_wrap(void)
{
	commit(UINT64_MAX - 30, 60, 0);
}

/* where the image begins, which the guest may read: whole MiB from 1 MiB on, or from 257 MiB in a process */
static uint64_t image(void)
{
	return (uintptr_t)solo5_app_main & ~((1ul << 20) - 1);
}

/* the monitor must not write what the guest may not: text, at the start of the image */
static void damage_text(void)
{
	for (unsigned i = 0; i < RING; i++)
		receive->descriptors[i].address = image();
	__sync_synchronize();
	doorbell_net_kick(0);
}

/* behind buffers that are all right */
static void damage_later(void)
{
	for (unsigned i = 8; i < RING; i++)
		receive->descriptors[i].address = image();
	__sync_synchronize();
	doorbell_net_kick(0);
}

/* no damage */
static void all_same(void)
{
	for (unsigned i = 1; i < RING; i++)
		receive->descriptors[i] = receive->descriptors[0];
	__sync_synchronize();
	doorbell_net_kick(0);
}

/* commits a frame of TCP over IPv4, to be cut into segments of that size, with the byte at offset changed */
static void commit_tcp(uint16_t segment, unsigned offset, uint8_t value)
{
	static uint8_t frame[3000] = {
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x08, 0x00, 0x45, 0, (3000 - 14) >> 8, (3000 - 14) & 0xff, 0, 0, 0, 0, 64, 6,
		[46] = 0x50,
	};
	uint16_t index = transmit->available_index;

	frame[offset] = value;
	transmit->descriptors[0] = (struct descriptor){(uintptr_t)frame, sizeof(frame), 0x100, segment};
	transmit->available[index % RING] = 0;
	transmit->available_index = (uint16_t)(index + 1);
	__sync_synchronize();
	doorbell_net_kick(0);
}

/* commits a frame in parts: so many bytes, and then count parts of size bytes, the first of them with those flags, too; the last `missing` aren't there */
static void commit_parts(unsigned first, unsigned count, unsigned size, uint16_t flags, unsigned missing)
{
	static uint8_t frame[5000] = {
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x08, 0x00, 0x45, [22] = 64, 6, [46] = 0x50,
	};
	uint16_t index = transmit->available_index, length = (uint16_t)(first + count * size - 14);

	frame[16] = (uint8_t)(length >> 8);
	frame[17] = (uint8_t)length;
	transmit->descriptors[0] = (struct descriptor){(uintptr_t)frame, first, 0x300, 1460};
	transmit->available[index % RING] = 0;
	for (unsigned i = 1; i <= count; i++) {
		transmit->descriptors[i] = (struct descriptor){(uintptr_t)frame, size, (uint16_t)((i < count ? 0x200 : 0) | (i == 1 ? flags : 0)), 0};
		transmit->available[(index + i) % RING] = (uint16_t)i;
	}
	transmit->available_index = (uint16_t)(index + 1 + count - missing);
	__sync_synchronize();
	doorbell_net_kick(0);
}

static const struct {
	const char *name;
	void (*function)(void);
} damages[] = {
	{"index", damage_index}, {"head", damage_head}, {"flags", damage_flags}, {"direction", damage_direction},
	{"long", damage_long}, {"short", damage_short}, {"null", damage_null}, {"tables", damage_tables},
	{"above", damage_above}, {"wrap", damage_wrap}, {"text", damage_text}, {"later", damage_later},
	{"same", all_same},
};

/* what commit_tcp is called with; the first is a frame that is all right */
static const struct {
	const char *name;
	uint16_t segment;
	unsigned offset;
	uint8_t value;
} cuts[] = {
	{"cut", 1460, 0, 2}, {"cut-small", 535, 0, 2}, {"cut-large", 1461, 0, 2}, {"cut-type", 1460, 23, 17},
	{"cut-size", 1460, 17, 0}, {"cut-fragment", 1460, 21, 1}, {"cut-header", 1460, 46, 0x40},
};

/* what commit_parts is called with; the first is a frame that is all right */
static const struct {
	const char *name;
	unsigned first, count, size;
	uint16_t flags;
	unsigned missing;
} splits[] = {
	{"parts", 54, 15, 1000, 0, 0}, {"parts-many", 54, 16, 1000, 0, 0}, {"parts-long", 54, 15, 5000, 0, 0}, {"parts-end", 54, 3, 1000, 0, 1},
	{"parts-header", 40, 3, 1000, 0, 0}, {"parts-empty", 54, 3, 0, 0, 0}, {"parts-flags", 54, 3, 1000, 0x100, 0},
};

/* false if the name is unknown */
static bool damage(const char *what)
{
	for (unsigned i = 0; i < sizeof(damages) / sizeof(damages[0]); i++)
		if (!strcmp(what, damages[i].name)) {
			damages[i].function();
			return true;
		}
	for (unsigned i = 0; i < sizeof(splits) / sizeof(splits[0]); i++)
		if (!strcmp(what, splits[i].name)) {
			commit_parts(splits[i].first, splits[i].count, splits[i].size, splits[i].flags, splits[i].missing);
			return true;
		}
	for (unsigned i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++)
		if (!strcmp(what, cuts[i].name)) {
			commit_tcp(cuts[i].segment, cuts[i].offset, cuts[i].value);
			return true;
		}
	return false;
}

static void scribble(void)
{
	volatile uint8_t *rings = (volatile uint8_t *)shared_net_rings;

	for (;;) {
		rings[random() % sizeof(shared_net_rings)] = (uint8_t)random();
		if (random() % 16 == 0)
			doorbell_net_kick(0);
	}
}

static int race(solo5_time_t end)
{
	static uint8_t frame[60] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5};
	uint64_t first;

	/* descriptors are filled in when they are first used */
	if (solo5_net_write(handle, frame, sizeof(frame)) != SOLO5_R_OK)
		return 3;
	first = transmit->descriptors[0].address;
	for (unsigned i = 0; i < RING; i++) {
		transmit->descriptors[i].address = first;
		transmit->descriptors[i].length = sizeof(frame);
		receive->descriptors[i] = receive->descriptors[0];
	}
	while (solo5_clock_monotonic() < end) {
		if (solo5_net_write(handle, frame, sizeof(frame)) != SOLO5_R_OK)
			return 3;
		for (unsigned i = 0; i < 64; i++) {
			volatile struct descriptor *descriptor = &transmit->descriptors[random() % RING];

			descriptor->length = 14 + (uint32_t)(random() % 1501);
			descriptor->address = random() % 2 ? first + random() % RING * PLACE : image() + random() % 512;
			transmit->available[random() % RING] = (uint16_t)(random() % RING);
			receive->descriptors[random() % RING].length = 1519 + (uint32_t)(random() % 16);
			receive->available[random() % RING] = (uint16_t)(random() % RING);
		}
	}
	return 0;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	const char *what = info->cmdline, *blank = strchr(what, ' ');
	struct solo5_net_info net;
	solo5_time_t end;

	if (solo5_net_acquire("service", &handle, &net) != SOLO5_R_OK)
		return 2;
	state = 88172645463325252ul + (blank ? number(blank + 1) : 0);
	if (!strncmp(what, "random", 6))
		scribble();
	if (!strncmp(what, "race", 4))
		return race(solo5_clock_monotonic() + number(blank + 1) * 1000000000);
	if (!damage(what))
		return 4;
	end = solo5_clock_monotonic() + 100000000000;
	/* frames that come in wake it before */
	while (solo5_clock_monotonic() < end)
		solo5_yield(end, NULL);
	return 0;       /* the monitor should have ended us */
}
