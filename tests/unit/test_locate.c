/* SPDX-License-Identifier: ISC */
/* test_locate.c -- positions in JSON text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/text.h"
#include "input/locate.h"

static const char text[] =
	"{\n"
	"\t\"type\": \"ukgen.manifest\",\n"
	"  \"devices\": [ {\"name\": \"a]\\\"}\", \"type\": \"NET\"},\n"
	"    {\"name\":\n"
	"       \"b\" } ],\n"
	"  \"gr\u00fc\u00dfe\": \"\u4f60\", \"after\": [],\n"
	"  \"a.b\": {\"c[0]@\": 1.5e3, \"\": null},\n"
	"  \"\\u0065sc\": true\n"
	"}\n";

static void assert_at(const char *path, unsigned line, unsigned column)
{
	struct position where = locate("f", text, path);

	if (where.line != line || where.column != column)
		print_error("%s is said to be at %u:%u\n", path, where.line, where.column);
	assert_string_equal(where.file, "f");
	assert_int_equal(where.line, line);
	assert_int_equal(where.column, column);
}

static void test_values(void **state)
{
	(void)state;
	assert_at("", 1, 1);
	assert_at(".type", 2, 10);
	assert_at(".devices", 3, 14);
	assert_at(".devices[0]", 3, 16);
	assert_at(".devices[0].name", 3, 25);
	assert_at(".devices[0].type", 3, 42);
	assert_at(".devices[1]", 4, 5);
	assert_at(".devices[1].name", 5, 8);
}

static void test_keys(void **state)
{
	(void)state;
	assert_at(".type@", 2, 2);
	assert_at(".devices[0].type@", 3, 34);
	assert_at(".devices[1].name@", 4, 6);
}

static void test_quoted_keys(void **state)
{
	(void)state;
	assert_at(".\"type\"@", 2, 2);
	assert_at(".\"a.b\"@", 7, 3);
	assert_at(".\"a.b\".\"c[0]@\"", 7, 20);
	assert_at(".\"a.b\".\"c[0]@\"@", 7, 11);
	assert_at(".\"a.b\".\"\"", 7, 31);
	assert_at(".esc", 8, 15);
	assert_at(".\"\\u0065s\\u0063\"@", 8, 3);
}

static void test_columns_count_characters(void **state)
{
	(void)state;
	assert_at(".\"gr\u00fc\u00dfe\"@", 6, 3);
	assert_at(".\"gr\u00fc\u00dfe\"", 6, 12);
	assert_at(".after@", 6, 17);
}

static void test_absent(void **state)
{
	(void)state;
	assert_at(".typ", 0, 0);
	assert_at(".types", 0, 0);
	assert_at(".devices[2]", 0, 0);
	assert_at(".devices.name", 0, 0);
	assert_at(".type[0]", 0, 0);
	assert_at(".type.x", 0, 0);
	assert_at(".after[0]", 0, 0);
	assert_at("@", 0, 0);
	assert_at(".devices[0]@", 0, 0);
}

static void test_last_of_equal_keys(void **state)
{
	struct position where = locate("f", "{\"a\": 1, \"a\": 2}", ".a");

	(void)state;
	assert_int_equal(where.column, 15);
}

static void assert_token(const char *malformed, size_t offset, const char *token)
{
	const char *found = locate_token(malformed, offset);
	char *copy = str_copy(found, locate_token_length(found));

	assert_string_equal(copy, token);
	free(copy);
}

static void test_tokens(void **state)
{
	(void)state;
	assert_token("{\"a\" tru}", 1, "{");
	assert_token("{\"a\" tru}", 2, "\"a\"");
	assert_token("{\"a\" tru}", 4, "\"a\"");
	assert_token("{\"a\" tru}", 5, "\"a\"");
	assert_token("{\"a\" tru}", 6, "tru");
	assert_token("{\"a\" tru}", 9, "}");
	assert_token("[1,  \n ", 7, ",");
	assert_token("[\"open", 6, "\"open");
	assert_token("[\"open\nnext\"", 7, "\"open");
	assert_token("[\"\\", 3, "\"\\");
	assert_token("[\"a\\\"b\" ", 7, "\"a\\\"b\"");
	assert_token("", 0, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_quoted_keys),
		cmocka_unit_test(test_columns_count_characters),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_last_of_equal_keys),
		cmocka_unit_test(test_tokens),
	};

	return cmocka_run_group_tests_name("locate", tests, NULL, NULL);
}
