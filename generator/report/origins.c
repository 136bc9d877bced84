/* SPDX-License-Identifier: ISC */
/* origins.c -- a section of the page: what an appliance was made from */
#include "base/memory.h"
#include "base/text.h"
#include "report/html.h"
#include "report/page.h"

enum { DIGITS = 12 };   /* of a digest */

static void inputs_print(FILE *out, const char *caption, const json_t *inputs)
{
	static const struct column columns[] = {{"Name", NULL}, {"Version", NULL}, {"Licence", NULL}, {"SHA-256", "code"}};
	struct table table = {caption, columns, ARRAY_SIZE(columns), 0};
	json_t *input;
	size_t i;

	json_array_foreach(inputs, i, input) {
		const char *const cells[] = {json_text(input, "name"), json_text(input, "version"), json_text(input, "licence"),
			str_format("%.*s", DIGITS, json_text(input, "sha256"))};

		html_row(out, &table, cells);
	}
	html_table_end(out, &table);
}

void origins_print(const struct page *page)
{
	const json_t *record = page->holdings->record;

	html_section(page->out, "origins", "Dependencies");
	if (record) {
		fputs("<p><code>ukgen inspect --sbom</code> prints them as a bill of materials (SPDX 2.3), <code>ukgen inspect</code> the "
		      "whole of the digests, of which this page has the first 12 digits.</p>\n", page->out);
		inputs_print(page->out, "What the monitor was made from", json_object_get(record, "inputs"));
		inputs_print(page->out, "What the guest was made from", json_object_get(json_object_get(record, "guest"), "inputs"));
		inputs_print(page->out, "Tools that made it", json_object_get(record, "tools"));
	} else {
		fputs("<p>This appliance has no record of what it was made from.</p>\n", page->out);
	}
	html_section_end(page->out);
}
