/* SPDX-License-Identifier: ISC */
/* store_bytes.c -- checksums (CRC-32C), and the form of an area's header */
#include <string.h>

#include "store.h"

/* four bits at a time: a small table is enough, since a snapshot is the most that is read at once */
uint32_t checksum(uint32_t before, const void *bytes, size_t size)
{
	static const uint32_t table[16] = {
		0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
		0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9, 0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
	};
	const unsigned char *at = bytes;

	before = ~before;
	for (; size; size--, at++) {
		before ^= *at;
		before = before >> 4 ^ table[before & 15];
		before = before >> 4 ^ table[before & 15];
	}
	return ~before;
}

void header_write(unsigned char *block, const struct header *header)
{
	unsigned char *at = block;

	memset(block, 0, STORE_BLOCK);
	memcpy(at, STORE_MAGIC, 8);
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
	if (memcmp(block, STORE_MAGIC, 8) || get_number(block + HEADER_SIZE - 4, 4) != checksum(0, block, HEADER_SIZE - 4))
		return 0;
	header->generation = get_number(block + 8, 8);
	header->blocks = get_number(block + 16, 8);
	header->area_blocks = (uint32_t)get_number(block + 24, 4);
	header->snapshot_size = get_number(block + 28, 8);
	header->snapshot_checksum = (uint32_t)get_number(block + 36, 4);
	return 1;
}
