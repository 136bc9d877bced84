/* SPDX-License-Identifier: ISC */
/* test_response_file.c -- command lines with response files, read as GCC reads them */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "folder.h"
#include "solo5/response_file.h"

static struct strings split(const char *text)
{
	struct strings words = {0};

	response_file_split(&words, text);
	return words;
}

static void test_split(void **state)
{
	struct strings words = split(" a\t'b c'\n\"d \\\"e\\\" '\" f\\ g \\\\ h\"i\"'j' \"\" ");
	static const char *const expected[] = {"a", "b c", "d \"e\" '", "f g", "\\", "hij", ""};

	(void)state;
	assert_int_equal(words.count, ARRAY_SIZE(expected));
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
		assert_string_equal(words.items[i], expected[i]);
	assert_int_equal(split("").count, 0);
	assert_int_equal(split(" \n").count, 0);
}

static void test_expand(void **state)
{
	char *inner = file_write("inner", "three 'and four'");
	char *outer = file_write("outer", str_format("two @%s five", inner));
	char *words[] = {"one", str_format("@%s", outer), "@not-there", "six"};
	static const char *const expected[] = {"one", "two", "three", "and four", "five", "@not-there", "six"};
	struct strings expanded = {0};

	(void)state;
	response_file_expand(&expanded, ARRAY_SIZE(words), words);
	assert_int_equal(expanded.count, ARRAY_SIZE(expected));
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
		assert_string_equal(expanded.items[i], expected[i]);
}

/* what is written is read again, whatever it is */
static void test_write(void **state)
{
	const char *words[] = {"plain", "", "with blanks", "'quoted' \"twice\"", "back\\slash", "-Wl,a,b"};
	struct strings list = {words, ARRAY_SIZE(words)}, again = {0};
	char *path = path_join(folder, "response_file"), *word = str_format("@%s", path);

	(void)state;
	response_file_write(path, &list);
	response_file_expand(&again, 1, &word);
	assert_int_equal(again.count, ARRAY_SIZE(words));
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		assert_string_equal(again.items[i], words[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_expand),
		cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
