/* SPDX-License-Identifier: ISC */
/* memory_map.c -- a section of the page: the guest's memory */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/bars.h"
#include "report/html.h"
#include "report/page.h"

/* the bytes of a range; the last one reaches to the end of memory */
static uint64_t range_size(const json_t *memory, const json_t *range, const json_t *next)
{
	uint64_t address = json_number(range, "address"), end = json_number(next ? next : memory, next ? "address" : "bytes");

	if (json_object_get(range, "size"))
		return json_number(range, "size");
	return end > address ? end - address : 0;
}

static const char *address_text(const json_t *range)
{
	return str_format("0x%08llx", (unsigned long long)json_number(range, "address"));
}

static struct box range_box(const json_t *range, uint64_t size)
{
	const char *rights = json_text(range, "guest");

	return (struct box){
		str_format("%s: %s", address_text(range), json_text(range, "what")),
		{str_format("%s, %s bytes", address_text(range), number_text(size)), json_text(range, "what"), rights},
		(double)size,
		strstr(rights, "execute") ? FIGURE_MONITOR : strstr(rights, "write") ? FIGURE_GUEST : FIGURE_OTHER,
	};
}

void memory_print(const struct page *page)
{
	static const struct column columns[] = {{"Address", "code short"}, {"What", NULL}, {"The guest may", NULL}, {"Bytes", "number"}};
	struct table table = {"Memory of the guest, from the lowest address", columns, ARRAY_SIZE(columns), 0};
	const json_t *memory = json_object_get(page->holdings->description, "memory"), *map = json_object_get(memory, "map");
	size_t count = json_array_size(map);
	struct box *boxes = mem_zalloc((count + 1) * sizeof(*boxes));
	json_t *range;
	size_t i;

	json_array_foreach(map, i, range)
		boxes[i] = range_box(range, range_size(memory, range, json_array_get(map, i + 1)));
	html_section(page->out, "memory", "Memory");
	fputs("<p>Nothing is both writable and executable. The last range ends where <code>--mem</code> says.</p>\n", page->out);
	stack_print(page->out, &(struct figure){"memory-map", "The guest's memory",
		"A rectangle for each range of addresses, from the lowest one. Large ranges are higher, but not in proportion. "
		"The table below has the numbers."}, boxes, count);
	json_array_foreach(map, i, range) {
		const char *const cells[] = {address_text(range), json_text(range, "what"), json_text(range, "guest"),
			number_text((uint64_t)boxes[i].size)};

		html_row(page->out, &table, cells);
	}
	html_table_end(page->out, &table);
	html_section_end(page->out);
}
