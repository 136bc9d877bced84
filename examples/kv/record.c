/* SPDX-License-Identifier: ISC */
/* record.c -- makes and checks records */
#include "record.h"

#include <string.h>

/* CRC-32C (RFC 3720, appendix B.4), reflected polynomial 0x82f63b78 */
static uint32_t checksum(const uint8_t *bytes, size_t length)
{
	static uint32_t table[256];
	uint32_t sum = ~0u;

	if (!table[1])
		for (uint32_t i = 0; i < 256; i++) {
			table[i] = i;
			for (int bit = 0; bit < 8; bit++)
				table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0x82f63b78 : 0);
		}
	while (length--)
		sum = sum >> 8 ^ table[(sum ^ *bytes++) & 0xff];
	return ~sum;
}

static uint32_t record_checksum(const uint8_t *bytes)
{
	const struct record *record = record_header(bytes);
	size_t skipped = offsetof(struct record, generation);

	return checksum(bytes + skipped, record_length(record->key_length, record->value_length) - skipped);
}

void record_make(uint8_t *bytes, size_t size, struct record header, struct pair pair)
{
	size_t length = record_length(pair.key_length, pair.value_length);

	header.magic = RECORD_MAGIC;
	header.key_length = (uint16_t)pair.key_length;
	header.value_length = (uint32_t)pair.value_length;
	memcpy(bytes, &header, sizeof(header));
	memcpy(bytes + sizeof(header), pair.key, pair.key_length);
	memcpy(bytes + sizeof(header) + pair.key_length, pair.value, pair.value_length);
	memset(bytes + length, 0, size - length);
	header.checksum = record_checksum(bytes);
	memcpy(bytes, &header, sizeof(header));
}

bool record_is_plausible(const uint8_t *bytes, uint64_t available)
{
	const struct record *record = record_header(bytes);

	return record->magic == RECORD_MAGIC && record->key_length <= KEY_MAX && record->value_length <= VALUE_MAX &&
		record_length(record->key_length, record->value_length) <= available;
}

bool record_is_whole(const uint8_t *bytes)
{
	return record_header(bytes)->checksum == record_checksum(bytes);
}
