/* SPDX-License-Identifier: ISC */
/*
 * solo5_note.h -- Solo5's ELF notes: an object's manifest, and the tender that runs a linked program
 *
 * Both have the owner "Solo5", little-endian words, and a descriptor that begins 20
 * bytes into the note. The manifest's is laid out like a C structure: four bytes of
 * padding, version, count, then one entry of 104 bytes per device. Entry 0 is
 * reserved, so that no handle is 0.
 */
#ifndef SOLO5_NOTE_H
#define SOLO5_NOTE_H

#include <stdint.h>

#include "input/manifest.h"
#include "input/note.h"

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
 * The version in an appliance's ABI note. Solo5 doesn't use it, so its tenders refuse
 * the appliance, and programs that look tenders up by version find solo5-hvt.1000 or
 * solo5-spt.1000.
 */
enum { NOTE_ABI_VERSION = 1000 };

/*
 * The number of notes of that type in any ELF file; *note is the first, and lives
 * until exit. A file that isn't ELF is fatal. The second function takes an open
 * file, which may be a pipe; path is for messages.
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
