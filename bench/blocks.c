/* SPDX-License-Identifier: ISC */
/*
 * blocks.c -- times calls of one block device, as a guest or, with host.c, as a Linux process
 *
 * usage: read SIZE MILLISECONDS | write SIZE MILLISECONDS | refused MILLISECONDS
 *        pass SIZE | any SIZE
 *
 * read and write use random multiples of SIZE, after one pass over the device that
 * brings all of it into memory. refused reads at an offset that isn't allowed: the
 * least that a call can do. pass and any read each block of a device once that
 * nothing was read from: in order, or in steps of 61 percent of the device, which
 * has no divisor in common with the number of blocks. Prints picoseconds per call.
 */
#include <string.h>

#include <uk.h>

enum { SIZE_MOST = 64 << 10, BATCH = 64 };

static uint8_t buffer[SIZE_MOST] __attribute__((aligned(4096)));
static solo5_handle_t handle;
static struct solo5_block_info info;

static uint64_t word_number(const char **at)
{
	uint64_t value = 0;

	while (**at && (**at < '0' || **at > '9'))
		++*at;
	while (**at >= '0' && **at <= '9')
		value = value * 10 + (uint64_t)(*(*at)++ - '0');
	return value;
}

static solo5_result_t call(char what, uint64_t offset, size_t size)
{
	return what == 'w' ? uk_block_write(handle, offset, buffer, size) : uk_block_read(handle, offset, buffer, size);
}

static void print_number(uint64_t number)
{
	char digits[21], *at = digits + sizeof(digits);

	*--at = '\n';
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	solo5_console_write(at, (size_t)(digits + sizeof(digits) - at));
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
	while (b) {
		uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* reads each block once; each is step blocks after the previous one */
static int first_pass(uint64_t blocks, uint64_t step, uint64_t size)
{
	uint64_t began = solo5_clock_monotonic(), at = 0;

	while (common_divisor(step, blocks) != 1)
		step++;
	for (uint64_t i = 0; i < blocks; i++, at = (at + step) % blocks)
		if (call('r', at * size, size))
			return 2;
	print_number((solo5_clock_monotonic() - began) * 1000 / blocks);
	return 0;
}

int solo5_app_main(const struct solo5_start_info *start)
{
	const char *at = start->cmdline;
	char what = *at;
	uint64_t size = what == 'r' && at[2] == 'f' ? 0 : word_number(&at), time = word_number(&at) * 1000000;
	uint64_t state = 88172645463325252u, calls = 0, began, passed, blocks;

	if (solo5_block_acquire("disk", &handle, &info) || size > sizeof(buffer))
		return 1;
	blocks = size ? info.capacity / size : 1;
	if (what == 'p' || what == 'a')
		return first_pass(blocks, what == 'p' ? 1 : blocks * 61 / 100, size);
	for (uint64_t block = 0; size && block < blocks; block++)
		if (call(what, block * size, size))
			return 2;
	began = solo5_clock_monotonic();
	do {
		for (unsigned i = 0; i < BATCH; i++) {
			state ^= state << 13;
			state ^= state >> 7;
			state ^= state << 17;
			/* refused: one byte past a block's start */
			if ((call(what, size ? (state >> 11) % blocks * size : 1, size ? size : 512) != 0) == (size != 0))
				return 3;
		}
		calls += BATCH;
		passed = solo5_clock_monotonic() - began;
	} while (passed < time);
	print_number(passed * 1000 / calls);
	return 0;
}
