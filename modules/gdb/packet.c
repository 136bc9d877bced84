/* SPDX-License-Identifier: ISC */
/* packet.c -- parses and builds frames of the remote protocol */
#include "packet.h"

#include <string.h>

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static enum packet_event packet_begin(struct packet *packet)
{
	packet->state = PACKET_TEXT;
	packet->sum = packet->claimed = 0;
	packet->length = 0;
	return PACKET_NOTHING;
}

static enum packet_event packet_drop(struct packet *packet)
{
	packet->state = PACKET_OUTSIDE;
	return PACKET_DAMAGED;
}

static enum packet_event packet_add(struct packet *packet, uint8_t byte)
{
	if (packet->length == PACKET_MAX)
		return packet_drop(packet);
	packet->text[packet->length++] = (char)byte;
	packet->state = PACKET_TEXT;
	return PACKET_NOTHING;
}

static enum packet_event packet_outside(struct packet *packet, uint8_t byte)
{
	switch (byte) {
	case '$':
		return packet_begin(packet);
	case '-':
		return PACKET_REPEAT;
	case 3:
		return PACKET_INTERRUPT;
	default:
		return PACKET_NOTHING;  /* '+', and bytes outside of frames */
	}
}

static enum packet_event packet_text(struct packet *packet, uint8_t byte)
{
	/* a frame within a frame: the debugger has started again */
	if (byte == '$')
		return packet_begin(packet);
	if (byte == '#') {
		packet->state = PACKET_SUM_HIGH;
		return PACKET_NOTHING;
	}
	packet->sum = (uint8_t)(packet->sum + byte);
	if (byte != '}')
		return packet_add(packet, byte);
	packet->state = PACKET_ESCAPE;
	return PACKET_NOTHING;
}

enum packet_event packet_take(struct packet *packet, uint8_t byte)
{
	int digit = digit_value((char)byte);

	switch (packet->state) {
	case PACKET_OUTSIDE:
		return packet_outside(packet, byte);
	case PACKET_TEXT:
		return packet_text(packet, byte);
	case PACKET_ESCAPE:
		packet->sum = (uint8_t)(packet->sum + byte);
		return packet_add(packet, byte ^ 0x20);
	case PACKET_SUM_HIGH:
		if (digit < 0)
			return packet_drop(packet);
		packet->claimed = (uint8_t)(digit << 4);
		packet->state = PACKET_SUM_LOW;
		return PACKET_NOTHING;
	case PACKET_SUM_LOW:
		if (digit < 0 || (packet->claimed | digit) != packet->sum)
			return packet_drop(packet);
		packet->state = PACKET_OUTSIDE;
		packet->text[packet->length] = 0;
		return PACKET_WHOLE;
	}
	return PACKET_NOTHING;
}

static void reply_char(struct reply *reply, char c)
{
	/* room for '#' and the checksum */
	if (reply->length < sizeof(reply->text) - 3)
		reply->text[reply->length++] = c;
	else
		reply->overflow = true;
}

void reply_start(struct reply *reply)
{
	reply->length = 0;
	reply->overflow = false;
	reply_char(reply, '$');
}

void reply_text(struct reply *reply, const char *text)
{
	while (*text)
		reply_char(reply, *text++);
}

void reply_hex(struct reply *reply, const void *bytes, size_t size)
{
	const uint8_t *byte = bytes;

	for (; size; size--, byte++) {
		reply_char(reply, "0123456789abcdef"[*byte >> 4]);
		reply_char(reply, "0123456789abcdef"[*byte & 15]);
	}
}

void reply_number(struct reply *reply, uint64_t number)
{
	int shift = 60;

	while (shift && !(number >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		reply_char(reply, "0123456789abcdef"[number >> shift & 15]);
}

void reply_binary(struct reply *reply, const void *bytes, size_t size)
{
	const char *byte = bytes;

	for (; size; size--, byte++) {
		bool special = *byte == '$' || *byte == '#' || *byte == '}' || *byte == '*';

		if (special)
			reply_char(reply, '}');
		reply_char(reply, special ? (char)(*byte ^ 0x20) : *byte);
	}
}

void reply_end(struct reply *reply)
{
	uint8_t sum = 0;

	for (size_t i = 1; i < reply->length; i++)
		sum = (uint8_t)(sum + (uint8_t)reply->text[i]);
	reply->text[reply->length++] = '#';
	reply->text[reply->length++] = "0123456789abcdef"[sum >> 4];
	reply->text[reply->length++] = "0123456789abcdef"[sum & 15];
}

bool take_char(const char **at, char c)
{
	if (**at != c)
		return false;
	++*at;
	return true;
}

bool take_word(const char **at, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(*at, word, length))
		return false;
	*at += length;
	return true;
}

bool take_number(const char **at, uint64_t *number)
{
	const char *start = *at;

	*number = 0;
	for (; digit_value(**at) >= 0; ++*at) {
		if (*at - start == 16)
			return false;
		*number = *number << 4 | (uint64_t)digit_value(**at);
	}
	return *at > start;
}

bool take_bytes(const char **at, uint8_t *bytes, size_t count)
{
	for (; count; count--, *at += 2) {
		int high = digit_value(**at), low = high < 0 ? -1 : digit_value((*at)[1]);

		if (low < 0)
			return false;
		*bytes++ = (uint8_t)(high << 4 | low);
	}
	return true;
}
