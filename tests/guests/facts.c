/* SPDX-License-Identifier: ISC */
/* facts.c -- checks the promises of the API; exit status 0, or the number of the check that failed */
#include <solo5.h>
#include <string.h>

static char zeroes[100000];
static int initialised = 42;
static __thread int variable = 7;
static __thread long cleared;
static __thread char aligned[64] __attribute__((aligned(64))) = "aligned";

/* before any thread pointer is set: none of these may need one */
static int strings_check(const char *text)
{
	return strspn(text, "ab") == 3 && strcspn(text, "xc") == 3 && strpbrk(text, "dc") == text + 3 &&
		strstr(text, "acd") == text + 2 && !strstr(text, "dd") && strstr(text, "") == text &&
		!strstr("", text) && strspn("", text) == 0 && strcspn(text, "") == 5 && !strpbrk(text, "") &&
		strchr(text, 'c') == text + 3 && strrchr(text, 'a') == text + 2 && !memcmp(text, "abacd", 6);
}

/* a byte that tells where it is */
static uint8_t byte_of(size_t place)
{
	return (uint8_t)(place * 7 + place / 256 + 1);
}

/* copies within an array, and says whether the bytes are where they should be, and nothing beside them was written */
static int copy_check(void *(*copy)(void *to, const void *from, size_t size), size_t to, size_t from, size_t size)
{
	static uint8_t bytes[6000];
	size_t end = to + size + 64;

	for (size_t i = 0; i < end || i < from + size; i++)
		bytes[i] = byte_of(i);
	if (copy(bytes + to, bytes + from, size) != bytes + to)
		return 0;
	for (size_t i = 0; i < end; i++)
		if (bytes[i] != byte_of(i >= to && i < to + size ? i - to + from : i))
			return 0;
	return 1;
}

static void *copy_apart(void *to, const void *from, size_t size)
{
	return memcpy(to, from, size);
}

/* every length up to some loops of memcpy and memmove, and a few long ones, at differing alignments and distances */
static int copies_check(void)
{
	static const size_t sizes[] = {511, 612, 1500, 2047, 2048, 2049, 2500};
	size_t count = sizeof(sizes) / sizeof(sizes[0]);

	for (size_t place = 0; place < 18; place++) {
		for (size_t i = 0; i < 200 + count; i++) {
			size_t size = i < 200 ? i : sizes[i - 200];

			if (!copy_check(copy_apart, place, 2600 + 3 * place, size) || !copy_check(memmove, place, 2600 + 3 * place, size))
				return 0;
			for (size_t distance = 0; distance < 80; distance += 1 + distance / 4)
				if (!copy_check(memmove, place, place + distance, size) || !copy_check(memmove, place + distance, place, size))
					return 0;
		}
	}
	return 1;
}

static int thread_check(uintptr_t block)
{
	if (solo5_tls_init(block) != SOLO5_R_OK)
		return 0;
	if (solo5_set_tls_base(solo5_tls_tp_offset(block)) != SOLO5_R_OK)
		return 0;
	if (variable != 7 || cleared != 0 || strcmp(aligned, "aligned") || (uintptr_t)aligned % 64)
		return 0;
	variable++;
	return variable == 8;
}

static double series(int n)
{
	double sum = 0;

	for (int i = 1; i <= n; i++)
		sum += 1.0 / ((double)i * i);
	return sum;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	char *heap = (char *)info->heap_start;
	uintptr_t blocks = (info->heap_start + 4095) & ~(uintptr_t)4095;
	solo5_time_t start, later, wall;
	double sum;

	for (size_t i = 0; i < sizeof(zeroes); i++)
		if (zeroes[i])
			return 1;
	if (initialised != 42)
		return 2;
	if (!strings_check("abacd"))
		return 11;
	if (!copies_check())
		return 12;
	for (size_t i = 0; i < info->heap_size; i += 4096)
		if (heap[i])
			return 3;
	heap[0] = heap[info->heap_size - 1] = 1;

	start = solo5_clock_monotonic();
	wall = solo5_clock_wall();
	for (int i = 0; i < 10000; i++) {
		later = solo5_clock_monotonic();
		if (later < start)
			return 4;
		start = later;
	}
	if (wall < 1700000000ul * 1000000000)
		return 5;
	later = solo5_clock_monotonic();
	solo5_yield(later + 100000000, NULL);
	later = solo5_clock_monotonic() - later;
	if (later < 100000000 || later > 2000000000)
		return 6;

	if (!thread_check(blocks) || !thread_check(blocks + 8192) || variable != 8)
		return 7;
	if (solo5_tls_init(0) != SOLO5_R_EINVAL)
		return 8;
	if (solo5_set_tls_base(1ul << 62) != SOLO5_R_EINVAL)
		return 9;
	sum = series(1000);
	solo5_yield(0, NULL);           /* an exit must not disturb the FPU */
	if (sum != series(1000) || sum < 1.64 || sum > 1.65)
		return 10;
	return 0;
}
