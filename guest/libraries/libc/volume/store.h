/* SPDX-License-Identifier: ISC */
/*
 * store.h -- a tree of files on a block device: a log of changes, and blocks of data
 *
 * The device is blocks of 4,096 bytes. Blocks 0 and 1 are the headers of two
 * areas, which follow; the rest holds the data of files. Numbers are little-endian.
 *
 *   header   of area 0, of area 1, areas 0 and 1, data
 *
 * An area is a snapshot of the whole tree, without data, followed by records of
 * later changes, each in whole blocks. The whole tree is in memory while it is
 * mounted; a record is written to make changes durable. When the current area is
 * full, a snapshot of the tree is written to the other area, then that area's
 * header with the next generation; then the old header is cleared. So live data is
 * never overwritten, and at any moment one header is current.
 *
 * A record is valid if its checksum is right and it continues the previous record.
 * The first invalid record ends the log: the guest ended while writing it. If a
 * later record says that it was on the disk by then, the disk has lost it: the
 * volume is damaged, and read-only. A volume with any other mistake is not mounted.
 *
 * A batch of writes to a file that must be atomic is one record: its changes, then,
 * from a whole block on, the data. Until the next snapshot, the log has these blocks'
 * content, and a snapshot first writes it to their places. The log overrides these: a
 * block whose content is in the log changes by further batches, or after a snapshot.
 * The first word of data in the log is 0, so that no data looks like a record.
 *
 * All other data is written in place. A record that adds blocks to a file is written once
 * they are on the disk, and blocks that a record frees are reused only once the
 * record is on the disk, so no file ever has another one's data.
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
	STORE_AREA_PART = 64,           /* an area has one in so many of a device's blocks */
	STORE_BLOCKS_MIN = 64,          /* 256 KiB */
	STORE_PAGES = 64,               /* blocks cached in memory */
	STORE_NAME_MAX = 255,
	STORE_TARGET_MAX = 4095,        /* of a link */
	STORE_CHANGE_MAX = 4608,        /* bytes of the largest change */
	STORE_PENDING_MAX = 65536,      /* bytes of changes after which a record is written */
	STORE_ROOT = 1,                 /* the root's number */
};

/* bytes of a file, so that block numbers and counts have 32 bits */
#define STORE_FILE_MAX ((UINT64_C(1) << 44) - STORE_BLOCK)
/* bytes of a device: block numbers have 32 bits */
#define STORE_BLOCKS_MAX UINT32_MAX

/* the device; each returns 0 or a negative errno. Offsets and sizes are whole blocks, except for reads at a volume's start. */
struct store_device {
	long (*read)(void *context, uint64_t offset, void *bytes, size_t size);
	long (*write)(void *context, uint64_t offset, const void *bytes, size_t size);
	long (*flush)(void *context);
	long (*write_flush)(void *context, uint64_t offset, const void *bytes, size_t size);    /* both, in this order */
	uint64_t (*now)(void);          /* monotonic, in nanoseconds */
	void *context;
	uint64_t size;                  /* bytes */
};

/* blocks that are adjacent in the file and on the device */
struct extent {
	uint32_t logical, physical, count;
};

/* of a node: time or permissions only; size */
enum { CHANGED_TIME = 1, CHANGED_SIZE = 2 };

struct store_node {
	struct node node;
	struct extent *extents;         /* sorted by logical, without overlaps */
	uint32_t count, capacity;
	unsigned char changed;          /* CHANGED_...: it is in the store's list */
	unsigned char orphan;           /* it was removed: its changes are not recorded any more */
	struct store_node *next_changed;
};

/* of a page: the block had content before the batch; it had none */
enum { HELD_CHANGED = 1, HELD_FRESH };

/* a data block whose content the log has, and the first word of that */
struct logged {
	uint32_t block, word;
};

struct store_page {
	uint32_t block;                 /* 0: the page is free */
	unsigned char dirty;
	unsigned char held;             /* HELD_...: changed by the batch, and not to be written before its end */
	uint32_t logical, at;           /* if held: the block of the file, and of the record */
	uint64_t used;                  /* time of the last use, counted in uses of any page */
};

struct store {
	struct volume volume;
	struct store_device device;
	struct store_node root;

	uint32_t blocks;
	uint32_t area_blocks;
	unsigned area;                  /* the current one: 0 or 1 */
	uint64_t generation;            /* of its header */
	uint32_t position;              /* the area's block where the next record begins */
	uint32_t safe;                  /* everything before this block is on the disk */
	uint32_t chain;                 /* the checksum of everything before */
	uint64_t numbers;               /* the largest number of a node so far */

	unsigned char *pending;         /* changes not in a record yet */
	size_t pending_size, pending_capacity;
	int pending_lost;               /* there was no memory for some: a snapshot is needed */
	uint64_t pending_since;         /* time of the oldest unwritten change; 0: none */
	struct store_node *changed;
	size_t live;                    /* bytes of a snapshot */

	unsigned char *taken, *freed;   /* a bit for each block: in use; free from the next record on */
	uint32_t free, freed_count;     /* blocks */
	uint32_t freed_low, freed_high; /* the freed ones are in this range */
	uint32_t cursor;                /* where the search for free blocks begins */

	struct store_page pages[STORE_PAGES];
	unsigned char *page_bytes;      /* all pages, followed by a buffer as large for one write */
	unsigned page_count;
	uint64_t page_uses;

	struct store_node *batch;       /* the file whose writes are to be atomic; NULL: none */
	uint64_t batch_size;            /* its size before */
	int batch_failed;               /* it was undone before its end */
	struct logged *logged;          /* what each block of the area has; block 0: nothing that counts. NULL: none has */

	unsigned version;               /* of the header: 1, or 2 if there can be data in the log */
	int unsettled;                  /* what was read may not be on the disk, and both headers may be set */
	int unsafe;                     /* there are writes that may not be on the disk */
	int fresh;                      /* blocks were written that are in no record yet */
};

static inline struct store *store_of(const struct node *node)
{
	return (struct store *)node->volume;
}

static inline struct store_node *store_node_of(struct node *node)
{
	return (struct store_node *)node;
}

/* the first block of an area */
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
 * Reads a volume; its device is set, and readonly if it must not be written.
 * *state: damaged, if it can only be read. Errors: -ENODATA: there is no volume
 * (all zero); -EUCLEAN: damaged beyond that, or not a volume; -ENOMEM; -EIO.
 */
long store_mount(struct store *store, enum store_state *state);

/* makes an empty volume on a device; -ENOSPC: it is too small */
long store_make(const struct store_device *device);

/* called before the first change: makes sure that what was read is on the disk, with one header only */
long store_settle(struct store *store);

/* frees all memory; changes not in a record are lost */
void store_drop(struct store *store);

/* --- store_kind.c --- */

extern const struct volume_kind store_kind;

/* --- store_log.c: records --- */

/* adds a change to the next record */
void store_note(struct store *store, const unsigned char *change, size_t size);

/* adds a node's size, permissions and time to the next record; CHANGED_... says which of them changed */
void store_changed(struct store *store, struct store_node *node, unsigned char what);

/* counts an object that is in snapshots from now on, or no longer; -ENOSPC: the snapshot would be too large */
long store_live_add(struct store *store, size_t size);

/* writes all changes, and a batch, if there is one; flushes if a batch or wait */
long store_write(struct store *store, int wait, int only_data);

/* undoes a batch, then writes all changes; wait: until they are on the disk; only_data: without changes of times alone */
long store_commit(struct store *store, int wait, int only_data);

/* returns once all writes are on the disk */
long store_flush(struct store *store);

/* after a failed write: makes the volume readonly; returns -EIO */
long store_fail(struct store *store);

/* --- store_snapshot.c --- */

/* writes a snapshot to the other area, and makes that the current one */
long store_snapshot(struct store *store);

/* --- store_batch.c: writes that are atomic --- */

/* what ioctl(2) of F2FS has: -EBUSY: there is another batch; -EFBIG: it was too large, or something else was written */
long batch_step(struct store *store, struct store_node *file, enum volume_batch step);

/* undoes a batch, whose other writes and end will fail */
void batch_undo(struct store *store);

/* marks a page as changed by the batch; -EFBIG: there are too many */
long batch_hold(struct store *store, unsigned char *page, uint32_t logical, int fresh);

/* adds the data of the batch to the next record; -ENOMEM */
long batch_put(struct store *store);

/* that record was written, from a position of the area on */
void batch_done(struct store *store, uint32_t position);

/* --- store_logged.c: data in the log --- */

/* says where the log has a block's content; -ENOMEM */
long logged_set(struct store *store, uint32_t position, uint32_t block, uint32_t word);

/* whether the log has the content of one of these blocks */
int logged_has(const struct store *store, uint32_t block, uint32_t count);
void logged_forget(struct store *store, uint32_t block, uint32_t count);

/* reads a block from its place, or from the log */
long block_read(struct store *store, uint32_t block, unsigned char *bytes);

/* writes all of it to its place, in the cache's buffer for writes */
long logged_write(struct store *store);

/* --- store_replay.c --- */

/* nodes by their number, while a volume is read */
struct store_numbers {
	struct store_node **nodes;
	size_t count, capacity;
};

/* applies changes; position: the block of the area where their record begins, 0 for a snapshot; -EUCLEAN: an invalid one */
long store_replay(struct store *store, struct store_numbers *numbers, const unsigned char *changes, size_t size, uint32_t position);
void store_numbers_drop(struct store_numbers *numbers);

/* --- store_change.c: changes as bytes; these return the number of bytes --- */

enum { CHANGE_END, CHANGE_NODE, CHANGE_EXTENT, CHANGE_CUT, CHANGE_STATE, CHANGE_MOVE, CHANGE_REMOVE, CHANGE_DATA };

size_t change_node(unsigned char *to, const struct node *node);
size_t change_extent(unsigned char *to, const struct node *node, const struct extent *extent);
size_t change_cut(unsigned char *to, const struct node *node, uint32_t logical);
size_t change_state(unsigned char *to, const struct node *node);
size_t change_move(unsigned char *to, const struct node *node, const struct node *folder, const char *name, size_t length,
		   const struct node *replaced);
size_t change_remove(unsigned char *to, const struct node *node);

/* content of a file's block: the record's block in which it is, and its first word */
size_t change_data(unsigned char *to, const struct node *node, uint32_t logical, uint32_t at, uint32_t word);

/* bytes of a node in a snapshot, without its extents; bytes of an extent */
size_t change_node_size(size_t name, size_t target);
enum { CHANGE_EXTENT_SIZE = 1 + 8 + 4 + 4 + 4 };

/* --- store_space.c: free blocks --- */

/* takes up to count adjacent blocks, near the given one if possible; 0: none is free */
uint32_t space_take(struct store *store, uint32_t near, uint32_t count, uint32_t *taken);

/* false if one of them is in use, or is not a data block */
int space_claim(struct store *store, uint32_t block, uint32_t count);

/* frees blocks from the next record on; at once: now */
void space_give(struct store *store, uint32_t block, uint32_t count, int at_once);

/* makes the blocks of space_give free */
void space_settle(struct store *store);

/* --- store_extents.c: where the blocks of a file are --- */

/* the block on the device; 0: none. *run: the number of blocks from here on that are adjacent there, or have none either */
uint32_t extents_find(const struct store_node *file, uint32_t logical, uint32_t *run);

/* returns 0; -ENOSPC: memory is used up; -EUCLEAN: it overlaps another */
long extents_add(struct store_node *file, const struct extent *extent);

/* frees the blocks from one on */
void extents_cut(struct store *store, struct store_node *file, uint32_t logical, int at_once);

/* --- store_cache.c: blocks in memory --- */

/* a block's bytes; read: from the device, else zero; NULL: the device failed */
unsigned char *cache_page(struct store *store, uint32_t block, int read);
void cache_dirty(struct store *store, const unsigned char *page);

/* the page that has a block; NULL: none */
struct store_page *cache_find(struct store *store, uint32_t block);

/* the bytes of a page of the cache */
unsigned char *page_bytes(struct store *store, unsigned page);

/* writes the dirty pages of a range; flush: the last write is one that flushes, if there is any */
long cache_write(struct store *store, uint32_t block, uint32_t count, int flush);

/* discards a range's cached content */
void cache_forget(struct store *store, uint32_t block, uint32_t count);

/* writes directly to the device; a failure makes the volume readonly */
long blocks_write(struct store *store, uint32_t block, const unsigned char *bytes, uint32_t count);

/* the same; everything written is on the disk when it returns */
long blocks_write_flush(struct store *store, uint32_t block, const unsigned char *bytes, uint32_t count);

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

/* of version 1, whose last digit is that of the version */
#define STORE_MAGIC "ukgenfs1"

enum {
	HEADER_SIZE = 48,       /* magic, generation, blocks, area, snapshot's bytes and checksum, 0, checksum of all before */
	RECORD_MAGIC = 0x72656331,
	RECORD_SIZE = 32,       /* magic, checksum of what follows, generation, position, safe, chain, bytes of changes */
};

struct header {
	uint64_t generation, blocks, snapshot_size;
	uint32_t area_blocks, snapshot_checksum;
	unsigned version;               /* 1 or 2 */
};

void header_write(unsigned char *block, const struct header *header);
/* false: the block is not a header */
int header_read(struct header *header, const unsigned char *block);

struct record {
	uint64_t generation;
	uint32_t checksum, position, safe, chain, size;
};

#endif
