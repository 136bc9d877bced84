/* SPDX-License-Identifier: ISC */
/* test_manifest.c -- reads valid manifests; the errors are cases under tests/errors/manifest/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/text.h"
#include "folder.h"
#include "input/manifest.h"

static struct manifest *parse(const char *text)
{
	struct manifest *manifest = manifest_parse("app.manifest", text, strlen(text));

	assert_non_null(manifest);
	return manifest;
}

/* a manifest of ours with one more line */
static struct manifest *parse_with(const char *line)
{
	return parse(str_format("{\"type\": \"ukgen.manifest\", \"version\": 1, \"name\": \"x\", %s}", line));
}

static void assert_position(struct position where, unsigned line, unsigned column)
{
	assert_int_equal(where.line, line);
	assert_int_equal(where.column, column);
}

static void test_least(void **state)
{
	struct manifest *manifest = parse("{\"type\": \"ukgen.manifest\", \"version\": 1, \"name\": \"hello\"}");

	(void)state;
	assert_string_equal(manifest->path, "app.manifest");
	assert_string_equal(manifest->folder, ".");
	assert_string_equal(manifest->name, "hello");
	assert_false(manifest->solo5);
	assert_int_equal(manifest->memory, 0);
	assert_int_equal(manifest->sources.count, 0);
	assert_int_equal(manifest->objects.count, 0);
	assert_int_equal(manifest->libraries.count, 0);
	assert_int_equal(manifest->cflags.count, 0);
	assert_int_equal(manifest->device_count, 0);
	assert_int_equal(manifest->setting_count, 0);
}

static void test_full(void **state)
{
	const char *path;
	struct manifest *manifest;

	(void)state;
	file_write("httpd.c", "");
	file_write("start.S", "");
	file_write("lib.a", "");
	path = file_write("app.manifest", str_format(
		"{\n"
		"  \"type\": \"ukgen.manifest\", \"version\": 1, \"name\": \"httpd-2.0_b\",\n"
		"  \"sources\": [\"httpd.c\", \"start.S\"],\n"
		"  \"objects\": [\"%s/lib.a\"],\n"
		"  \"libraries\": [\"m\", \"stdc++\", \"m\"],\n"
		"  \"cflags\": [\"-O2\", \"-DNAME=\\\"a b\\\"\"],\n"
		"  \"memory\": \"16M\",\n"
		"  \"devices\": [\n"
		"    {\"name\": \"service0\", \"type\": \"NET_BASIC\"},\n"
		"    {\"readonly\": true, \"type\": \"BLOCK_BASIC\", \"name\": \"storage\", \"sectors\": 4096,\n"
		"     \"label\": \"a\\\"b\"}\n"
		"  ],\n"
		"  \"config\": {\"GDB\": true, \"CLOCK\": false, \"STACK_KB\": 64,\n"
		"    \"GREETING\": \"say \\\"hi\\\" \\\\ bye\"}\n"
		"}\n", folder));
	manifest = manifest_read(path);

	assert_string_equal(manifest->path, path);
	assert_string_equal(manifest->folder, folder);
	assert_string_equal(manifest->name, "httpd-2.0_b");
	assert_int_equal(manifest->sources.count, 2);
	assert_string_equal(manifest->sources.items[0], str_format("%s/httpd.c", folder));
	assert_string_equal(manifest->sources.items[1], str_format("%s/start.S", folder));
	assert_int_equal(manifest->objects.count, 1);
	assert_string_equal(manifest->objects.items[0], str_format("%s/lib.a", folder));
	assert_int_equal(manifest->libraries.count, 3);
	assert_string_equal(manifest->libraries.items[1], "stdc++");
	assert_int_equal(manifest->cflags.count, 2);
	assert_string_equal(manifest->cflags.items[1], "-DNAME=\"a b\"");
	assert_int_equal(manifest->memory, 16 << 20);
	assert_position(manifest->memory_where, 7, 13);
	assert_string_equal(manifest->memory_where.file, path);

	assert_int_equal(manifest->device_count, 2);
	assert_string_equal(manifest->devices[0].name, "service0");
	assert_string_equal(manifest->devices[0].type, "NET_BASIC");
	assert_position(manifest->devices[0].where, 9, 34);
	assert_int_equal(manifest->devices[0].property_count, 0);
	assert_string_equal(manifest->devices[1].name, "storage");
	assert_position(manifest->devices[1].where, 10, 32);
	assert_int_equal(manifest->devices[1].property_count, 3);
	assert_string_equal(manifest->devices[1].properties[0].key, "readonly");
	assert_string_equal(manifest->devices[1].properties[0].value, "true");
	assert_position(manifest->devices[1].properties[0].where, 10, 6);
	assert_string_equal(manifest->devices[1].properties[1].value, "4096");
	assert_string_equal(manifest->devices[1].properties[2].value, "\"a\\\"b\"");
	assert_position(manifest->devices[1].properties[2].where, 11, 6);

	assert_int_equal(manifest->setting_count, 4);
	assert_string_equal(manifest->settings[0].symbol, "GDB");
	assert_string_equal(manifest->settings[0].value, "y");
	assert_position(manifest->settings[0].where, 13, 14);
	assert_string_equal(manifest->settings[1].value, "n");
	assert_string_equal(manifest->settings[2].symbol, "STACK_KB");
	assert_string_equal(manifest->settings[2].value, "64");
	assert_string_equal(manifest->settings[3].value, "\"say \\\"hi\\\" \\\\ bye\"");
	assert_position(manifest->settings[3].where, 14, 5);
}

static void test_memory(void **state)
{
	(void)state;
	assert_int_equal(parse_with("\"memory\": \"64K\"")->memory, 65536);
	assert_int_equal(parse_with("\"memory\": 65536")->memory, 65536);
	assert_int_equal(parse_with("\"memory\": 69632")->memory, 69632);
	assert_int_equal(parse_with("\"memory\": \"512K\"")->memory, 512 << 10);
	assert_int_equal(parse_with("\"memory\": \"3G\"")->memory, UINT64_C(3) << 30);
	assert_int_equal(parse_with("\"memory\": \"1T\"")->memory, UINT64_C(1) << 40);
	assert_int_equal(parse_with("\"memory\": 1099511627776")->memory, UINT64_C(1) << 40);
}

static void test_limits(void **state)
{
	struct manifest *manifest;
	char *devices = str_format("%s", "");
	char name[APPLICATION_NAME_MAX + 1] = {0};

	(void)state;
	for (int i = 0; i < DEVICES_MAX; i++)
		devices = str_format("%s%s{\"name\": \"%067d\", \"type\": \"NET_BASIC\"}", devices, i ? ", " : "", i);
	manifest = parse_with(str_format("\"devices\": [%s]", devices));
	assert_int_equal(manifest->device_count, DEVICES_MAX);
	assert_int_equal(strlen(manifest->devices[62].name), NAME_LENGTH_MAX);
	assert_string_equal(manifest->devices[62].name + 64, "062");

	memset(name, 'n', APPLICATION_NAME_MAX);
	manifest = parse(str_format("{\"type\": \"ukgen.manifest\", \"version\": 1, \"name\": \"%s\"}", name));
	assert_string_equal(manifest->name, name);
}

static void test_file_of_greatest_size(void **state)
{
	const char *text = "{\"type\": \"ukgen.manifest\", \"version\": 1, \"name\": \"padded\"}";

	(void)state;
	assert_string_equal(manifest_read(file_write("padded", str_format("%*s", MANIFEST_SIZE_MAX, text)))->name, "padded");
}

static const char solo5_text[] =
	"{ \"type\": \"solo5.manifest\", \"version\": 1,\n"
	"  \"devices\": [ { \"type\": \"NET_BASIC\", \"name\": \"net0\" }, { \"name\": \"disk\", \"type\": \"BLOCK_BASIC\" } ] }\n";

static void test_solo5(void **state)
{
	struct manifest *manifest = manifest_read(file_write("test_net.json", solo5_text));

	(void)state;
	assert_true(manifest->solo5);
	assert_string_equal(manifest->name, "test_net");
	assert_int_equal(manifest->device_count, 2);
	assert_string_equal(manifest->devices[0].name, "net0");
	assert_string_equal(manifest->devices[0].type, "NET_BASIC");
	assert_position(manifest->devices[0].where, 2, 26);
	assert_string_equal(manifest->devices[1].name, "disk");
	assert_int_equal(manifest->memory, 0);

	/* only one ending is the format's, the rest is the name */
	assert_string_equal(manifest_read(file_write("a.manifest", solo5_text))->name, "a");
	assert_string_equal(manifest_read(file_write("a.json.manifest", solo5_text))->name, "a.json");
	assert_string_equal(manifest_read(file_write("noending", solo5_text))->name, "noending");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_least),
		cmocka_unit_test_setup_teardown(test_full, folder_setup, folder_teardown),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_limits),
		cmocka_unit_test_setup_teardown(test_file_of_greatest_size, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(test_solo5, folder_setup, folder_teardown),
	};

	return cmocka_run_group_tests_name("manifest", tests, NULL, NULL);
}
