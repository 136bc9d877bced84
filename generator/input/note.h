/* SPDX-License-Identifier: ISC */
/*
 * note.h -- the ELF notes in a section's or segment's bytes
 *
 * The bytes are untrusted, and little-endian.
 */
#ifndef NOTE_H
#define NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct note {
	const uint8_t *bytes;           /* of the descriptor */
	size_t size;
};

/* Finds the next note of that owner and type from *at on; *at is then after it. */
bool note_next(const uint8_t *bytes, size_t size, size_t *at, const char *owner, uint32_t type, struct note *note);

/* a word of a note */
uint32_t note_word(const uint8_t *at);

#endif
