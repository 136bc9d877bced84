/* SPDX-License-Identifier: ISC */
/* parts.c -- sections of the page: the parts of the file, and the modules */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/version.h"
#include "report/html.h"
#include "report/page.h"
#include "report/treemap.h"

struct boxes {
	struct box *items;
	size_t count;
};

/* group: which of the boxes of that name it is; the colour says so, too */
static void box_add(struct boxes *boxes, const char *group, const char *name, uint64_t size, enum figure_kind kind)
{
	*LIST_ADD(boxes->items, boxes->count) = (struct box){str_format("%s: %s", group, name), {name, number_text(size)}, (double)size, kind};
}

/* which colour stands for what; other is NULL if nothing has that colour */
static void key_print(FILE *out, const char *monitor, const char *guest, const char *other)
{
	const char *const words[][2] = {{"monitor", monitor}, {"guest", guest}, {"other", other}};

	fputs("<ul class=\"key\">\n", out);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (words[i][1])
			fprintf(out, "<li><svg aria-hidden=\"true\"><rect class=\"%s\" width=\"100%%\" height=\"100%%\"/></svg>%s</li>\n",
				words[i][0], words[i][1]);
	fputs("</ul>\n", out);
}

/* the monitor: its half of each module, and the rest of it */
static void monitor_boxes(struct boxes *boxes, const json_t *modules, size_t monitor)
{
	uint64_t rest = monitor;
	json_t *module;
	size_t i;

	json_array_foreach(modules, i, module) {
		uint64_t size = json_number(module, "host_bytes");

		box_add(boxes, "monitor", json_text(module, "name"), size, FIGURE_MONITOR);
		rest = size < rest ? rest - size : 0;
	}
	box_add(boxes, "monitor", "C library, tables, headers", rest, FIGURE_MONITOR);
}

void file_print(const struct page *page)
{
	static const struct column columns[] = {{"Part", NULL}, {"Bytes", "number"}, {"Of the file", "number"}};
	struct table table = {"Parts of the file, the largest first", columns, ARRAY_SIZE(columns), 0};
	const struct holdings *holdings = page->holdings;
	struct boxes boxes = {0};

	for (size_t i = 0; i < HOLDINGS_PARTS - 1; i++) {
		const char *name = holdings->parts[i].name;
		bool image = str_starts(name, "image: ");

		box_add(&boxes, image ? "image" : "file", image ? name + strlen("image: ") : name, holdings->parts[i].size,
			image ? FIGURE_GUEST : FIGURE_OTHER);
	}
	monitor_boxes(&boxes, json_object_get(holdings->description, "modules"), holdings->parts[HOLDINGS_PARTS - 1].size);
	html_section(page->out, "file", "File");
	fputs("<p>Monitor and guest are one file. A module's bytes in the monitor are the code and data of its objects. They are at "
	      "most that: the linker leaves out what nothing uses, and zeros take no room in a file.</p>\n", page->out);
	treemap_print(page->out, &(struct figure){"file-map", "The parts of the file",
		"A rectangle for each part, as large as its share of the file. The table below has the numbers."},
		boxes.items, boxes.count);
	key_print(page->out, "monitor", "image of the guest", "record of what it was made from, never loaded");
	for (size_t i = 0; i < boxes.count; i++) {
		const char *const cells[] = {boxes.items[i].name, number_text((uint64_t)boxes.items[i].size),
			str_format("%.1f %%", holdings->size ? 100 * boxes.items[i].size / (double)holdings->size : 0)};

		html_row(page->out, &table, cells);
	}
	html_table_end(page->out, &table);
	html_section_end(page->out);
}

static void halves_print(const struct page *page, const json_t *modules)
{
	static const struct column columns[] = {{"Module", NULL}, {"What it is", NULL}, {"Monitor", "number"}, {"Guest", "number"}};
	struct table table = {"Modules in this appliance, with the bytes of code and data of both halves", columns, ARRAY_SIZE(columns), 0};
	struct boxes boxes = {0};
	json_t *module;
	size_t i;

	json_array_foreach(modules, i, module) {
		box_add(&boxes, "monitor", json_text(module, "name"), json_number(module, "host_bytes"), FIGURE_MONITOR);
		box_add(&boxes, "guest", json_text(module, "name"), json_number(module, "guest_bytes"), FIGURE_GUEST);
	}
	treemap_print(page->out, &(struct figure){"module-map", "Both halves of the modules",
		"Two rectangles for each module, as large as its halves. The table below has the numbers."}, boxes.items, boxes.count);
	key_print(page->out, "half in the monitor", "half in the guest", NULL);
	json_array_foreach(modules, i, module) {
		const char *const cells[] = {json_text(module, "name"), json_text(module, "title"),
			number_text(json_number(module, "host_bytes")), number_text(json_number(module, "guest_bytes"))};

		html_row(page->out, &table, cells);
	}
	html_table_end(page->out, &table);
}

static bool is_in(const json_t *modules, const char *name)
{
	json_t *module;
	size_t i;

	json_array_foreach(modules, i, module)
		if (!strcmp(json_text(module, "name"), name))
			return true;
	return false;
}

static void left_out_print(const struct page *page, const json_t *modules)
{
	static const struct column columns[] = {{"Module", NULL}, {"What it is", NULL}};
	struct table table = {"Modules of ukgen " UKGEN_VERSION " that are not in this appliance: neither as code, nor as hypercalls, "
		"nor as system calls", columns, ARRAY_SIZE(columns), 0};

	for (size_t i = 0; i < page->known->count; i++)
		if (!is_in(modules, page->known->items[i]->name)) {
			const char *const cells[] = {page->known->items[i]->name, page->known->items[i]->title};

			html_row(page->out, &table, cells);
		}
	html_table_end(page->out, &table);
}

void modules_print(const struct page *page)
{
	const json_t *modules = json_object_get(page->holdings->description, "modules");

	html_section(page->out, "modules", "Modules");
	fputs("<p>Each module has a half in the monitor and one in the guest. Buffers that it has in the guest's memory are "
	      "counted, too.</p>\n", page->out);
	halves_print(page, modules);
	left_out_print(page, modules);
	html_section_end(page->out);
}
