/* SPDX-License-Identifier: ISC */
/* test_util.c -- strings, lists, paths and files of the generator */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/emit.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "folder.h"

static void test_list(void **state)
{
	struct {
		int *items;
		size_t count;
	} list = {0};

	(void)state;
	for (int i = 0; i < 100; i++) {
		int *added = LIST_ADD(list.items, list.count);

		assert_int_equal(*added, 0);
		*added = i;
	}
	assert_int_equal(list.count, 100);
	for (int i = 0; i < 100; i++)
		assert_int_equal(list.items[i], i);
	free(list.items);
}

static void test_strings(void **state)
{
	struct strings list = {0};

	(void)state;
	strings_sort(&list);
	assert_false(strings_contain(&list, ""));
	strings_add(&list, "net");
	strings_add(&list, "block");
	strings_add(&list, "clock");
	strings_sort(&list);
	assert_string_equal(list.items[0], "block");
	assert_string_equal(list.items[1], "clock");
	assert_string_equal(list.items[2], "net");
	assert_true(strings_contain(&list, "net"));
	assert_false(strings_contain(&list, "ne"));
	free(list.items);
}

static void test_str(void **state)
{
	char *upper = str_upper("net_tap0"), *copy = str_copy("console", 3), *formatted = str_format("%d-%s", 7, "x");

	(void)state;
	assert_string_equal(upper, "NET_TAP0");
	assert_string_equal(copy, "con");
	assert_string_equal(formatted, "7-x");
	assert_true(str_starts("CONFIG_GDB", "CONFIG_"));
	assert_false(str_starts("CONF", "CONFIG_"));
	assert_true(str_ends("hello.c", ".c"));
	assert_true(str_ends(".c", ".c"));
	assert_false(str_ends("c", ".c"));
	free(upper);
	free(copy);
	free(formatted);
}

static void test_str_nearest(void **state)
{
	const struct strings keys = {.items = (const char *[]){"name", "sources", "memory"}, .count = 3};
	const struct strings none = {0};

	(void)state;
	assert_string_equal(str_nearest("source", &keys), "sources");
	assert_string_equal(str_nearest("naem", &keys), "name");
	assert_string_equal(str_nearest("MEMORY", &keys), "memory");
	assert_string_equal(str_nearest("memroy", &keys), "memory");
	assert_null(str_nearest("devices", &keys));
	assert_null(str_nearest("x", &keys));
	assert_null(str_nearest("", &keys));
	assert_null(str_nearest("name", &none));
}

static void assert_path(char *path, const char *expected)
{
	assert_string_equal(path, expected);
	free(path);
}

static void test_paths(void **state)
{
	(void)state;
	assert_path(path_join("a/b", "c.c"), "a/b/c.c");
	assert_path(path_join(".", "c.c"), "c.c");
	assert_path(path_join("a", "/c.c"), "/c.c");
	assert_path(path_folder("a/b/c"), "a/b");
	assert_path(path_folder("c"), ".");
	assert_path(path_folder("/c"), "/");
	assert_string_equal(path_base("a/b/c"), "c");
	assert_string_equal(path_base("c"), "c");
	assert_path(path_absolute("/a"), "/a");
	assert_int_equal(chdir(folder), 0);
	assert_path(path_absolute("a"), str_format("%s/a", folder));
	assert_int_equal(chdir("/"), 0);
}

static void test_file_read(void **state)
{
	char *path = str_format("%s/file", folder), *text;
	size_t length;
	FILE *file = fopen(path, "w");

	(void)state;
	assert_non_null(file);
	for (int i = 0; i < 10000; i++)
		fputc(i == 5000 ? 0 : 'a' + i % 26, file);
	fclose(file);
	text = file_read(path, &length);
	assert_non_null(text);
	assert_int_equal(length, 10000);
	assert_int_equal(text[4999], 'a' + 4999 % 26);
	assert_int_equal(text[5000], 0);
	assert_int_equal(text[9999], 'a' + 9999 % 26);
	assert_int_equal(text[10000], 0);
	free(text);

	assert_null(file_read("/nowhere/file", &length));
	assert_int_equal(errno, ENOENT);
	assert_null(file_read(folder, NULL));
	assert_int_equal(errno, EISDIR);
	free(path);
}

static void test_folder_make(void **state)
{
	char *path = str_format("%s/a/b/c", folder);
	struct stat status;

	(void)state;
	folder_make(path);
	folder_make(path);
	assert_int_equal(stat(path, &status), 0);
	assert_true(S_ISDIR(status.st_mode));
	assert_true(path_exists(path));
	free(path);
}

/* or a source that was saved just before ukgen began would be compiled again by the next run */
static void test_folder_now(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 50; i++) {
		const char *path = file_write("saved", "text");
		struct stat status;
		struct timespec now;

		/* once a program has looked, the next change gets a finer time */
		assert_int_equal(stat(path, &status), 0);
		file_write("saved", "more");
		assert_int_equal(stat(path, &status), 0);
		now = folder_now(folder);
		assert_true(now.tv_sec > status.st_ctim.tv_sec ||
			    (now.tv_sec == status.st_ctim.tv_sec && now.tv_nsec >= status.st_ctim.tv_nsec));
	}
}

static bool emit_text(const char *path, const char *text)
{
	struct emit emit;

	emit_open(&emit, path);
	fputs(text, emit.stream);
	return emit_close(&emit);
}

static void test_emit(void **state)
{
	char *path = str_format("%s/emitted", folder), *text;
	struct stat before, after;

	(void)state;
	assert_true(emit_text(path, "one\n"));
	assert_int_equal(stat(path, &before), 0);

	/* the same content leaves the very same file */
	assert_false(emit_text(path, "one\n"));
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);

	assert_true(emit_text(path, "two\n"));
	text = file_read(path, NULL);
	assert_string_equal(text, "two\n");
	free(text);
	assert_true(emit_text(path, ""));
	assert_false(emit_text(path, ""));
	assert_false(path_exists(str_format("%s.new", path)));
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_str),
		cmocka_unit_test(test_str_nearest),
		cmocka_unit_test_setup_teardown(test_paths, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(test_file_read, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(test_folder_make, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(test_folder_now, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(test_emit, folder_setup, folder_teardown),
	};

	return cmocka_run_group_tests_name("util", tests, NULL, NULL);
}
