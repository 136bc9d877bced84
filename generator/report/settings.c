/* SPDX-License-Identifier: ISC */
/* settings.c -- a section of the page: devices, descriptors, environment and configuration */
#include "base/memory.h"
#include "base/text.h"
#include "report/html.h"
#include "report/page.h"

static void devices_print(FILE *out, const json_t *devices)
{
	static const struct column columns[] = {{"Device", NULL}, {"Type", NULL}, {"Access", NULL}};
	struct table table = {"Devices of the manifest", columns, ARRAY_SIZE(columns), 0};
	json_t *device;
	size_t i;

	json_array_foreach(devices, i, device) {
		const char *const cells[] = {json_text(device, "name"), json_text(device, "type"),
			json_is_true(json_object_get(device, "readonly")) ? "read-only" : "read and write"};

		html_row(out, &table, cells);
	}
	html_table_end(out, &table);
}

static void descriptors_print(FILE *out, const json_t *descriptors)
{
	static const struct column columns[] = {{"Descriptor", NULL}, {"First", "number"}, {"How many", "number"}};
	struct table table = {"File descriptors of the monitor, besides 1 and 2", columns, ARRAY_SIZE(columns), 0};
	const char *name;
	json_t *range;

	json_object_foreach((json_t *)descriptors, name, range) {
		const char *const cells[] = {name, str_format("%lld", (long long)json_integer_value(json_array_get(range, 0))),
			str_format("%lld", (long long)json_integer_value(json_array_get(range, 1)))};

		html_row(out, &table, cells);
	}
	html_table_end(out, &table);
}

static void config_print(FILE *out, const json_t *config)
{
	static const struct column columns[] = {{"Symbol", "code"}, {"Value", "code"}};
	struct table table = {"Symbols of Kconfig", columns, ARRAY_SIZE(columns), 0};
	const char *name;
	json_t *value;

	fputs("<details>\n<summary>Configuration</summary>\n", out);
	json_object_foreach((json_t *)config, name, value) {
		const char *text = json_string_value(value);
		const char *const cells[] = {name, text ? text : ""};

		html_row(out, &table, cells);
	}
	html_table_end(out, &table);
	fputs("</details>\n", out);
}

void settings_print(const struct page *page)
{
	const json_t *description = page->holdings->description;

	html_section(page->out, "settings", "Settings");
	devices_print(page->out, json_object_get(description, "devices"));
	descriptors_print(page->out, json_object_get(description, "descriptors"));
	/* the record also has symbols that are off */
	config_print(page->out, json_object_get(page->holdings->record ? page->holdings->record : description, "config"));
	html_section_end(page->out);
}
