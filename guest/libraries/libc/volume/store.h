/* SPDX-License-Identifier: ISC */
/*
 * store.h -- a tree of files on a block device: a log of changes, and blocks of data
 *
 * The device is blocks of 4,096 bytes. Blocks 0 and 1 are the headers of two
 * areas, which follow; the rest holds the data of files. Numbers are little-endian.
 *
 *   header   of area 0, of area 1, areas 0 and 1, data
 *
 * An area is a snapshot of the whole tree, without data, and behind it, block by
 * block, records of what changed since. All of the tree is in memory while it is
 * mounted; a record is written when changes are to be kept. When an area is
 * full, a snapshot of what is in memory goes to the other area, then that one's
 * header with the next generation, then the first one's header is cleared. So
 * nothing that counts is ever written over, and at each moment one header holds.
 *
 * A record counts if its checksum is right and it continues the one before. A
 * record that doesn't ends the log: the guest ended while it was written. If a
 * record behind it says that it was on the disk by then, the disk has lost it:
 * the volume is damaged, and can only be read. Anything else that is wrong
 * is not mounted at all.
 *
 * Data is written in place. A record that makes blocks part of a file is
 * written when they are on the disk, and blocks that a record frees are used
 * again only when it is, so no file ever has another one's data.
 *
 * Functions that can fail return a negative errno.
 */
#ifndef GUEST_STORE_H
#define GUEST_STORE_H

#include "node.h"
#include "volume.h"

enum {
	STORE_BLOCK = 4096,
	STORE_AREAS = 2,                /* the block that area 0 begins at */
	STORE_AREA_MIN = 16,            /* blocks */
	STORE_AREA_MAX = 4096,
	STORE_AREA_PART = 64,           /* of a device's blocks, one in so many is an area's */
	STORE_BLOCKS_MIN = 64,          /* 256 KiB */
	STORE_PAGES = 64,               /* blocks that are kept in memory */
	STORE_NAME_MAX = 255,
	STORE_TARGET_MAX = 4095,        /* of a link */
	STORE_CHANGE_MAX = 4608,        /* bytes of the largest change */
	STORE_PENDING_MAX = 65536,      /* bytes of changes that are worth a record */
	STORE_ROOT = 1,                 /* the root's number */
};

/* bytes of a file, so that the number of each block, and how many there are, have 32 bits */
#define STORE_FILE_MAX ((UINT64_C(1) << 44) - STORE_BLOCK)
/* of a device: blocks have 32 bits */
#define STORE_BLOCKS_MAX UINT32_MAX

/* the device; of each, 0 or a negative errno. Offsets and sizes are whole blocks, but for reads at a volume's start. */
struct store_device {
	long (*read)(void *context, uint64_t offset, void *bytes, size_t size);
	long (*write)(void *context, uint64_t offset, const void *bytes, size_t size);
	long (*flush)(void *context);
	uint64_t (*now)(void);          /* monotonic, in nanoseconds */
	void *context;
	uint64_t size;                  /* bytes */
};

/* blocks that follow each other in a file and on the device */
struct extent {
	uint32_t logical, physical, count;
};

/* of a node's state: only its time and permissions; its size */
enum { CHANGED_TIME = 1, CHANGED_SIZE = 2 };

struct store_node {
	struct node node;
	struct extent *extents;         /* by logical, none overlaps another */
	uint32_t count, capacity;
	unsigned char changed;          /* CHANGED_...: it is in the store's list */
	unsigned char orphan;           /* it was removed: nothing of it is recorded any more */
	struct store_node *next_changed;
};

struct store_page {
	uint32_t block;                 /* 0: the page is free */
	unsigned char dirty;
	uint64_t used;                  /* when, in uses of any page */
};

struct store {
	struct volume volume;
	struct store_device device;
	struct store_node root;

	uint32_t blocks;
	uint32_t area_blocks;
	unsigned area;                  /* the one that holds: 0 or 1 */
	uint64_t generation;            /* of its header */
	uint32_t position;              /* in the area, the block that the next record begins at */
	uint32_t safe;                  /* all before this block is on the disk */
	uint32_t chain;                 /* the checksum of what is before */
	uint64_t numbers;               /* the largest that was given to a node */

	unsigned char *pending;         /* changes that no record has */
	size_t pending_size, pending_capacity;
	int pending_lost;               /* there was no memory for some: only a snapshot has them */
	uint64_t pending_since;         /* when there was nothing to be written; 0: there is nothing */
	struct store_node *changed;
	size_t live;                    /* bytes that a snapshot would take */

	unsigned char *taken, *freed;   /* a bit for each block: it is taken; it is free from the next record on */
	uint32_t free, freed_count;     /* blocks */
	uint32_t freed_low, freed_high; /* all that are freed are from the one on, before the other */
	uint32_t cursor;                /* where to look for free ones */

	struct store_page pages[STORE_PAGES];
	unsigned char *page_bytes;      /* all of them, and behind them room for as many that are written at once */
	unsigned page_count;
	uint64_t page_uses;

	int unsettled;                  /* what was read may not be on the disk, and both headers may be there */
	int unsafe;                     /* something was written that may not be on the disk */
	int fresh;                      /* blocks that no record has were written */
};

static inline struct store *store_of(const struct node *node)
{
	return (struct store *)node->volume;
}

static inline struct store_node *store_node_of(struct node *node)
{
	return (struct store_node *)node;
}

/* the block that an area begins at */
static inline uint32_t store_area_start(const struct store *store, unsigned area)
{
	return STORE_AREAS + area * store->area_blocks;
}

static inline uint32_t store_data_start(const struct store *store)
{
	return STORE_AREAS + 2 * store->area_blocks;
}

/* --- store_mount.c, store_make.c: the outside --- */

enum store_state { STORE_SOUND, STORE_DAMAGED };

/*
 * Reads a volume, whose device is set, and readonly if it may not be written.
 * *state: damaged, of a volume that can only be read. Errors: -ENODATA: there is no
 * volume (all zero); -EUCLEAN: damaged beyond that, or not a volume; -ENOMEM; -EIO.
 */
long store_mount(struct store *store, enum store_state *state);

/* makes an empty volume of a device; -ENOSPC: it is too small */
long store_make(const struct store_device *device);

/* before the first change: what was read is on the disk, and only one header there */
long store_settle(struct store *store);

/* gives up all memory; what no record has is lost */
void store_drop(struct store *store);

/* --- store_kind.c --- */

extern const struct volume_kind store_kind;

/* --- store_log.c: records --- */

/* notes a change, which the next record will have */
void store_note(struct store *store, const unsigned char *change, size_t size);

/* the next record will have a node's size, permissions and time; CHANGED_... says what of them changed */
void store_changed(struct store *store, struct store_node *node, unsigned char what);

/* an object that will be in a snapshot, or no longer; -ENOSPC: it would get too large */
long store_live_add(struct store *store, size_t size);

/* writes all changes; wait: until they are on the disk; only_data: without those of times only */
long store_commit(struct store *store, int wait, int only_data);

/* what was written is on the disk */
long store_flush(struct store *store);

/* after a failed write nothing is sure any more: the volume becomes readonly; returns -EIO */
long store_fail(struct store *store);

/* --- store_snapshot.c --- */

/* writes a snapshot to the other area, and makes that one hold */
long store_snapshot(struct store *store);

/* --- store_replay.c --- */

/* nodes by their number, while a volume is read */
struct store_numbers {
	struct store_node **nodes;
	size_t count, capacity;
};

/* applies changes; -EUCLEAN: some make no sense */
long store_replay(struct store *store, struct store_numbers *numbers, const unsigned char *changes, size_t size);
void store_numbers_drop(struct store_numbers *numbers);

/* --- store_change.c: changes as bytes; they return how many --- */

enum { CHANGE_NODE = 1, CHANGE_EXTENT, CHANGE_CUT, CHANGE_STATE, CHANGE_MOVE, CHANGE_REMOVE };

size_t change_node(unsigned char *to, const struct node *node);
size_t change_extent(unsigned char *to, const struct node *node, const struct extent *extent);
size_t change_cut(unsigned char *to, const struct node *node, uint32_t logical);
size_t change_state(unsigned char *to, const struct node *node);
size_t change_move(unsigned char *to, const struct node *node, const struct node *folder, const char *name, size_t length,
		   const struct node *replaced);
size_t change_remove(unsigned char *to, const struct node *node);

/* what a node takes in a snapshot, without its extents; and each of those */
size_t change_node_size(size_t name, size_t target);
enum { CHANGE_EXTENT_SIZE = 1 + 8 + 4 + 4 + 4 };

/* --- store_space.c: free blocks --- */

/* takes at most count blocks that follow each other, near one if that is possible; 0: none is free */
uint32_t space_take(struct store *store, uint32_t near, uint32_t count, uint32_t *taken);

/* false if one of them is taken already, or is not a block for data */
int space_claim(struct store *store, uint32_t block, uint32_t count);

/* they are free from the next record on; at once: now */
void space_give(struct store *store, uint32_t block, uint32_t count, int at_once);

/* what was given is free */
void space_settle(struct store *store);

/* --- store_extents.c: where the blocks of a file are --- */

/* the block on the device; 0: there is none. *run: how many follow it, or have none either */
uint32_t extents_find(const struct store_node *file, uint32_t logical, uint32_t *run);

/* 0; -ENOSPC without memory for it; -EUCLEAN: it overlaps another */
long extents_add(struct store_node *file, const struct extent *extent);

/* gives up the blocks from one on */
void extents_cut(struct store *store, struct store_node *file, uint32_t logical, int at_once);

/* --- store_cache.c: blocks in memory --- */

/* a block's bytes; read: as they are on the device, else all zero; NULL: the device failed */
unsigned char *cache_page(struct store *store, uint32_t block, int read);
void cache_dirty(struct store *store, const unsigned char *page);

/* writes what is dirty in a range */
long cache_write(struct store *store, uint32_t block, uint32_t count);

/* a range's content doesn't matter any more */
void cache_forget(struct store *store, uint32_t block, uint32_t count);

/* writes to the device itself; its failure ends all writing */
long blocks_write(struct store *store, uint32_t block, const unsigned char *bytes, uint32_t count);

/* --- store_content.c --- */

long content_read(struct store *store, struct store_node *file, void *bytes, size_t size, uint64_t offset);
long content_write(struct store *store, struct store_node *file, const void *bytes, size_t size, uint64_t offset);
long content_resize(struct store *store, struct store_node *file, uint64_t size);

/* --- store_bytes.c --- */

uint32_t checksum(uint32_t before, const void *bytes, size_t size);

static inline unsigned char *put_number(unsigned char *to, uint64_t number, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		*to++ = (unsigned char)(number >> 8 * i);
	return to;
}

static inline uint64_t get_number(const unsigned char *from, unsigned bytes)
{
	uint64_t number = 0;

	for (unsigned i = bytes; i-- > 0;)
		number = number << 8 | from[i];
	return number;
}

/* --- the form of headers and records: store_log.c, store_snapshot.c, store_mount.c --- */

#define STORE_MAGIC "ukgenfs1"

enum {
	HEADER_SIZE = 48,       /* magic, generation, blocks, area, snapshot's bytes and checksum, 0, checksum of all before */
	RECORD_MAGIC = 0x72656331,
	RECORD_SIZE = 32,       /* magic, checksum of what follows, generation, position, safe, chain, bytes of changes */
};

struct header {
	uint64_t generation, blocks, snapshot_size;
	uint32_t area_blocks, snapshot_checksum;
};

void header_write(unsigned char *block, const struct header *header);
/* false: the block is not a header */
int header_read(struct header *header, const unsigned char *block);

struct record {
	uint64_t generation;
	uint32_t checksum, position, safe, chain, size;
};

#endif
