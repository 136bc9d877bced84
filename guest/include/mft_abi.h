/* SPDX-License-Identifier: ISC */
/*
 * mft_abi.h -- the manifest as an ELF note, for what solo5-elftool gen-manifest writes
 *
 * Source-compatible with Solo5: MFT_ENTRIES is defined before the inclusion, and
 * the initialiser of struct mft stands between the two macros at the end. It gives
 * names and types only; the other fields belong to Solo5's tenders and are zero.
 */
#ifndef MFT_ABI_H
#define MFT_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MFT_VERSION 1
#define MFT_MAX_ENTRIES 64
#define MFT_NAME_SIZE 68        /* with the terminating NUL */
#define MFT_NAME_MAX 67

typedef enum mft_type {
	MFT_DEV_BLOCK_BASIC = 1,
	MFT_DEV_NET_BASIC = 2,
	MFT_RESERVED_FIRST = 1 << 30    /* entry 0, so that no handle is 0 */
} mft_type_t;

struct mft_block_basic {
	uint64_t capacity;
	uint16_t block_size;
};

struct mft_net_basic {
	uint8_t mac[6];
	uint16_t mtu;
};

struct mft_entry {
	char name[MFT_NAME_SIZE];
	mft_type_t type;
	union {
		struct mft_block_basic block_basic;
		struct mft_net_basic net_basic;
	} u;
	union {
		int hostfd;
		void *data;
	} b;
	bool attached;
};

#ifndef MFT_ENTRIES
#define MFT_ENTRIES
#else
_Static_assert(MFT_ENTRIES <= MFT_MAX_ENTRIES, "at most 63 devices, and the reserved entry");
#endif

struct mft {
	uint32_t version;
	uint32_t entries;
	struct mft_entry e[MFT_ENTRIES];
};

#define MFT1_NOTE_NAME "Solo5"
#define MFT1_NOTE_TYPE 0x3154464d       /* "MFT1" */

struct mft1_nhdr {
	uint32_t n_namesz;
	uint32_t n_descsz;
	uint32_t n_type;
	char n_name[8];
};

struct mft1_note {
	struct mft1_nhdr h;
	struct mft m;
};

#define MFT1_NOTE_DECLARE_BEGIN \
	extern const struct mft1_note __solo5_mft1_note; \
	const struct mft1_note __solo5_mft1_note __attribute__((section(".note.solo5.manifest"), aligned(4))) = { \
		.h = { \
			.n_namesz = sizeof(MFT1_NOTE_NAME), \
			.n_descsz = sizeof(struct mft1_note) - sizeof(struct mft1_nhdr), \
			.n_type = MFT1_NOTE_TYPE, \
			.n_name = MFT1_NOTE_NAME \
		}, \
		.m =

#define MFT1_NOTE_DECLARE_END };

#endif
