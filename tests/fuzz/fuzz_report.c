/* SPDX-License-Identifier: ISC */
/*
 * fuzz_report.c -- hands random text to ukgen report as an appliance's description and record and, behind a zero, as a trace
 *
 * What a browser gets must have no control characters but ends of lines, and no
 * tag but those that begin and end as ours do: one '<' more is somebody else's.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 */
#include <string.h>

#include "heap.h"
#include "report/launch.h"
#include "report/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void page_check(const char *page, size_t length)
{
	bool tag = false;

	for (size_t i = 0; i < length; i++) {
		if (((unsigned char)page[i] < ' ' && page[i] != '\n' && page[i] != '\t') || page[i] == 0x7f)
			abort();
		if (page[i] == '<' || page[i] == '>') {
			if (tag == (page[i] == '<'))
				abort();
			tag = !tag;
		}
	}
	if (tag || strstr(page, "<script"))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct module left_out = {.name = "left_out", .title = "is not in any appliance"};
	static struct module *modules[] = {&left_out};
	const struct modules known = {.items = modules, .count = 1};
	char *text = malloc(size + 1), *page = NULL;
	struct holdings holdings = {.size = size, .parts = {{"image: text, rodata", size}, {"one", 1}, {"two", 2}, {"three", 3}, {"monitor", 4}}};
	struct launch launch = {0};
	size_t length;
	FILE *out = open_memstream(&page, &length);

	if (!text || !out)
		abort();
	memcpy(text, data, size);
	text[size] = 0;
	holdings.description = json_loads(text, 0, NULL);
	holdings.record = holdings.description;
	launch_parse(&launch, strlen(text) < size ? text + strlen(text) + 1 : text);
	page_print(&(struct page){out, &holdings, &known, &launch});
	fclose(out);
	page_check(page, length);
	json_decref(holdings.description);
	__real_free(page);
	__real_free(text);
	heap_clear();
	return 0;
}
