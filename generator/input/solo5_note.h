/* SPDX-License-Identifier: ISC */
/*
 * solo5_note.h -- Solo5's ELF notes: the manifest that an object carries, and who runs the linked program
 *
 * Both have the owner "Solo5", little-endian words, and a descriptor that
 * begins 20 bytes into the note. The manifest's is as a C compiler lays it out:
 * four bytes that align the note's 8-byte words, version, count, then one entry
 * of 104 bytes a device. Entry 0 is reserved, so that no handle is 0.
 */
#ifndef SOLO5_NOTE_H
#define SOLO5_NOTE_H

#include <stdint.h>

#include "input/manifest.h"

#define NOTE_OWNER "Solo5"

enum {
	NOTE_MANIFEST = 0x3154464d,     /* "MFT1" */
	NOTE_ABI = 0x31494241,          /* "ABI1" */
	NOTE_HEADER_SIZE = 20,
	NOTE_PADDING = 4,
	NOTE_COUNTS_SIZE = 8,           /* version and count */
	NOTE_ENTRY_SIZE = 104,
	NOTE_ENTRY_NAME_SIZE = 68,      /* with its NUL */
	NOTE_ENTRIES_MAX = DEVICES_MAX + 1,
	NOTE_ENTRY_RESERVED = 1 << 30,  /* type of entry 0 */
};

/*
 * The version in an appliance's ABI note: one that no Solo5 has, so that its
 * tenders refuse the appliance, and who looks tenders up by version finds
 * solo5-hvt.1000 or solo5-spt.1000.
 */
enum { NOTE_ABI_VERSION = 1000 };

struct note {
	const uint8_t *bytes;           /* of the descriptor */
	size_t size;
};

/* Finds the next note of Solo5's of that type at *at in a section's bytes; *at is then behind it. */
bool note_next(const uint8_t *bytes, size_t size, size_t *at, uint32_t type, struct note *note);

/*
 * The notes of that type in an ELF file of any kind: how many; *note is the
 * first, and lives until exit. What is no ELF file is fatal. The second takes
 * an open file, which may be a pipe; path is for messages.
 */
size_t note_read(const char *path, uint32_t type, struct note *note);
size_t note_read_open(int file, const char *path, uint32_t type, struct note *note);

/* The manifest that a note holds; reports every error it finds and returns NULL then. */
struct manifest *note_manifest(const char *path, const struct note *note);

/* which tender a program is linked for: "hvt"; "unknown" for numbers that Solo5 does not have */
struct note_abi {
	const char *target;
	uint32_t version;
};

/* Reads an ABI note; false if it is too short. */
bool note_abi_read(const struct note *note, struct note_abi *abi);

/* the number of such a tender */
uint32_t note_abi_number(const char *target);

/* The number of a device type in notes, or 0; its name, or NULL. */
unsigned note_type_number(const char *type);
const char *note_type_name(uint32_t number);

/* True for a file that begins as ELF files do. */
bool note_may_be_in(const char *path);

#endif
