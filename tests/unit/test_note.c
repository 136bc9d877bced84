/* SPDX-License-Identifier: ISC */
/* test_note.c -- Solo5's notes in bytes of any length; the errors are cases under tests/errors/solo5/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "input/solo5_note.h"

enum { ROOM = 4096 };

struct bytes {
	uint8_t at[ROOM];
	size_t size;
};

static void put_word(struct bytes *bytes, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		bytes->at[bytes->size++] = (uint8_t)(word >> 8 * i);
}

static void put_note(struct bytes *bytes, const char *owner, uint32_t type, const void *descriptor, size_t size)
{
	put_word(bytes, (uint32_t)strlen(owner) + 1);
	put_word(bytes, (uint32_t)size);
	put_word(bytes, type);
	memcpy(bytes->at + bytes->size, owner, strlen(owner) + 1);
	bytes->size += (strlen(owner) + 4) / 4 * 4;
	memcpy(bytes->at + bytes->size, descriptor, size);
	bytes->size += (size + 3) / 4 * 4;
}

static void put_entry(struct bytes *bytes, const char *name, uint32_t type)
{
	memcpy(bytes->at + bytes->size, name, strlen(name));
	bytes->size += NOTE_ENTRY_NAME_SIZE;
	put_word(bytes, type);
	bytes->size += NOTE_ENTRY_SIZE - NOTE_ENTRY_NAME_SIZE - 4;
}

/* the number of notes found in a copy with no byte after it, so that a sanitizer sees reads past the end */
static size_t count(const struct bytes *bytes, size_t size, uint32_t type)
{
	uint8_t *copy = malloc(size ? size : 1);
	struct note note;
	size_t at = 0, found = 0;

	assert_non_null(copy);
	memcpy(copy, bytes->at, size);
	while (note_next(copy, size, &at, NOTE_OWNER, type, &note)) {
		assert_true(note.bytes >= copy && note.size <= size && note.bytes + note.size <= copy + size);
		found++;
	}
	assert_int_equal(at, size);
	free(copy);
	return found;
}

static void test_among_others(void **state)
{
	struct bytes bytes = {.size = 0};

	(void)state;
	put_note(&bytes, "GNU", 1, "abc", 3);
	put_note(&bytes, "Solo5", NOTE_ABI, "abcd", 4);
	put_note(&bytes, "Solo6", NOTE_ABI, "abcd", 4);
	put_note(&bytes, "Solo5", NOTE_MANIFEST, "", 0);
	put_note(&bytes, "Solo5", NOTE_ABI, "abcde", 5);
	assert_int_equal(count(&bytes, bytes.size, NOTE_ABI), 2);
	assert_int_equal(count(&bytes, bytes.size, NOTE_MANIFEST), 1);
	/* the last one's padding may be missing, but nothing else */
	assert_int_equal(count(&bytes, bytes.size - 3, NOTE_ABI), 2);
	assert_int_equal(count(&bytes, bytes.size - 4, NOTE_ABI), 1);
}

static void test_cut_off_anywhere(void **state)
{
	struct bytes bytes = {.size = 0};

	(void)state;
	put_note(&bytes, "Solo5", NOTE_MANIFEST, "0123456789ab", 12);
	for (size_t size = 0; size < bytes.size; size++)
		assert_int_equal(count(&bytes, size, NOTE_MANIFEST), 0);
	assert_int_equal(count(&bytes, bytes.size, NOTE_MANIFEST), 1);
}

static void test_sizes_that_wrap(void **state)
{
	static const uint32_t sizes[] = {0x7fffffff, 0x80000000, 0xfffffffc, 0xfffffffd, 0xffffffff};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		for (int which = 0; which < 2; which++) {
			struct bytes bytes = {.size = 0};

			put_word(&bytes, which ? 6 : sizes[i]);
			put_word(&bytes, which ? sizes[i] : 12);
			put_word(&bytes, NOTE_MANIFEST);
			memcpy(bytes.at + bytes.size, "Solo5\0\0\0", 8);
			bytes.size += 8 + 12;
			assert_int_equal(count(&bytes, bytes.size, NOTE_MANIFEST), 0);
		}
}

static void test_manifest(void **state)
{
	char longest[NAME_LENGTH_MAX + 1] = {0};
	struct bytes bytes = {.size = 0};
	struct manifest *manifest;

	(void)state;
	memset(longest, 'x', NAME_LENGTH_MAX);
	put_word(&bytes, 0);
	put_word(&bytes, 1);
	put_word(&bytes, 3);
	put_entry(&bytes, "", NOTE_ENTRY_RESERVED);
	put_entry(&bytes, longest, 1);
	put_entry(&bytes, "service0", 2);
	manifest = note_manifest("app.o", &(struct note){bytes.at, bytes.size});
	assert_non_null(manifest);
	assert_true(manifest->solo5);
	assert_int_equal(manifest->device_count, 2);
	assert_string_equal(manifest->devices[0].name, longest);
	assert_string_equal(manifest->devices[0].type, note_type_name(1));
	assert_string_equal(manifest->devices[1].name, "service0");
	assert_string_equal(manifest->devices[1].type, note_type_name(2));
	assert_int_equal(note_type_number(manifest->devices[1].type), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_among_others),
		cmocka_unit_test(test_cut_off_anywhere),
		cmocka_unit_test(test_sizes_that_wrap),
		cmocka_unit_test(test_manifest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
