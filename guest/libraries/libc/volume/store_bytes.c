/* SPDX-License-Identifier: ISC */
/* store_bytes.c -- checksums (CRC-32C), and the form of an area's header */
#include <string.h>

#include "store.h"

/* four bits at a time: a small table is enough for headers and most records */
static uint32_t checksum_small(uint32_t before, const unsigned char *at, size_t size)
{
	static const uint32_t table[16] = {
		0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
		0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9, 0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
	};

	for (; size; size--, at++) {
		before ^= *at;
		before = before >> 4 ^ table[before & 15];
		before = before >> 4 ^ table[before & 15];
	}
	return before;
}

/* eight bytes at a time, for data in records; table i has what a byte does that i others follow */
static uint32_t checksum_large(uint32_t before, const unsigned char *at, size_t eights)
{
	static uint32_t tables[8][256];

	for (unsigned byte = 0; byte < 256 && !tables[7][255]; byte++) {
		static const unsigned char zero;
		uint32_t sum = checksum_small(byte, &zero, 1);

		for (unsigned i = 0; i < 8; i++, sum = checksum_small(sum, &zero, 1))
			tables[i][byte] = sum;
	}
	for (; eights; eights--, at += 8) {
		uint32_t low = before ^ (uint32_t)get_number(at, 4), high = (uint32_t)get_number(at + 4, 4);

		before = tables[7][low & 255] ^ tables[6][low >> 8 & 255] ^ tables[5][low >> 16 & 255] ^ tables[4][low >> 24] ^
			tables[3][high & 255] ^ tables[2][high >> 8 & 255] ^ tables[1][high >> 16 & 255] ^ tables[0][high >> 24];
	}
	return before;
}

uint32_t checksum(uint32_t before, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	size_t large = size < STORE_BLOCK ? 0 : size / 8;

	before = ~before;
	if (large)
		before = checksum_large(before, at, large);
	return ~checksum_small(before, at + large * 8, size - large * 8);
}

void header_write(unsigned char *block, const struct header *header)
{
	unsigned char *at = block;

	memset(block, 0, STORE_BLOCK);
	memcpy(at, STORE_MAGIC, 8);
	at[7] = (unsigned char)('0' + header->version);
	at = put_number(at + 8, header->generation, 8);
	at = put_number(at, header->blocks, 8);
	at = put_number(at, header->area_blocks, 4);
	at = put_number(at, header->snapshot_size, 8);
	at = put_number(at, header->snapshot_checksum, 4);
	at = put_number(at, 0, 4);
	put_number(at, checksum(0, block, HEADER_SIZE - 4), 4);
}

int header_read(struct header *header, const unsigned char *block)
{
	if (memcmp(block, STORE_MAGIC, 7) || (block[7] != '1' && block[7] != '2') ||
	    get_number(block + HEADER_SIZE - 4, 4) != checksum(0, block, HEADER_SIZE - 4))
		return 0;
	header->version = block[7] - '0';
	header->generation = get_number(block + 8, 8);
	header->blocks = get_number(block + 16, 8);
	header->area_blocks = (uint32_t)get_number(block + 24, 4);
	header->snapshot_size = get_number(block + 28, 8);
	header->snapshot_checksum = (uint32_t)get_number(block + 36, 4);
	return 1;
}
