/* SPDX-License-Identifier: ISC */
/*
 * packet.h -- the frames of GDB's remote protocol: $TEXT#CHECKSUM
 *
 * Input is hostile: it is limited to PACKET_MAX, nothing is allocated, and a frame
 * is used only if its checksum is right.
 */
#ifndef PACKET_H
#define PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PACKET_MAX = 4096 };     /* bytes of text; told to the debugger */

/* a frame being received */
struct packet {
	enum { PACKET_OUTSIDE, PACKET_TEXT, PACKET_ESCAPE, PACKET_SUM_HIGH, PACKET_SUM_LOW } state;
	uint8_t sum, claimed;
	size_t length;
	char text[PACKET_MAX + 1];      /* once complete: unescaped, with a 0 after it; may contain zeroes */
};

enum packet_event {
	PACKET_NOTHING,         /* needs more bytes */
	PACKET_WHOLE,
	PACKET_DAMAGED,         /* wrong checksum, or too long */
	PACKET_REPEAT,          /* the debugger received the last frame damaged */
	PACKET_INTERRUPT,       /* Ctrl-C, outside of frames */
};

enum packet_event packet_take(struct packet *packet, uint8_t byte);

/* a frame being built; text that doesn't fit is dropped, and overflow is set */
struct reply {
	size_t length;
	bool overflow;
	char text[PACKET_MAX + 4];
};

void reply_start(struct reply *reply);
void reply_text(struct reply *reply, const char *text);
void reply_hex(struct reply *reply, const void *bytes, size_t size);            /* two digits a byte */
void reply_number(struct reply *reply, uint64_t number);                        /* in hex, no leading zeroes */
void reply_binary(struct reply *reply, const void *bytes, size_t size);         /* escaped */
void reply_end(struct reply *reply);                                            /* length bytes of text are the frame */

/* --- parsing a packet's text: each advances *at past what it read, and returns false if it isn't there --- */

bool take_char(const char **at, char c);
bool take_word(const char **at, const char *word);
bool take_number(const char **at, uint64_t *number);                            /* hex, up to 16 digits */
bool take_bytes(const char **at, uint8_t *bytes, size_t count);                 /* two digits a byte */

#endif
