/* SPDX-License-Identifier: ISC: what ukgen new --block adds, behind this line */

/* counts in the first block of the disk how often it was used */
static void storage_use(void)
{
	static uint8_t block[4096];
	struct solo5_block_info info;
	solo5_handle_t storage;
	uint64_t count;

	if (solo5_block_acquire("storage", &storage, &info) != SOLO5_R_OK || info.block_size > sizeof(block) ||
	    solo5_block_read(storage, 0, block, info.block_size) != SOLO5_R_OK) {
		say("storage: cannot be read\n");
		solo5_exit(SOLO5_EXIT_FAILURE);
	}
	memcpy(&count, block, sizeof(count));
	count++;
	memcpy(block, &count, sizeof(count));
	if (solo5_block_write(storage, 0, block, info.block_size) != SOLO5_R_OK) {
		say("storage: cannot be written\n");
		solo5_exit(SOLO5_EXIT_FAILURE);
	}
	say("storage: ");
	say_number(info.capacity);
	say(" bytes, use ");
	say_number(count);
	say("\n");
}
