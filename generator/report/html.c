/* SPDX-License-Identifier: ISC */
/* html.c -- HTML: text, numbers and tables */
#include "report/html.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"

/* characters of a word that stay together in a cell */
enum { TOGETHER = 12 };

static void character_print(FILE *out, char c)
{
	switch (c) {
	case '&': fputs("&amp;", out); break;
	case '<': fputs("&lt;", out); break;
	case '>': fputs("&gt;", out); break;
	case '"': fputs("&quot;", out); break;
	case '\'': fputs("&#39;", out); break;
	default: putc(c, out);
	}
}

void html_text(FILE *out, const char *text)
{
	char *shown = printable(text);

	for (const char *c = shown; *c; c++)
		character_print(out, *c);
	free(shown);
}

/* the same with places where a line may end, so that names don't make a table wider than the screen */
static void cell_print(FILE *out, const char *text)
{
	char *shown = printable(text);
	unsigned together = 0;

	for (const char *c = shown; *c; c++) {
		bool inside = (c[1] & 0xc0) == 0x80;    /* of a character of UTF-8 */

		character_print(out, *c);
		together = *c == ' ' ? 0 : together + 1;
		if (!inside && c[1] && (strchr("/_(|=+.-", *c) || together >= TOGETHER)) {
			fputs("<wbr/>", out);
			together = 0;
		}
	}
	free(shown);
}

void html_section(FILE *out, const char *id, const char *title)
{
	fprintf(out, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">%s</h2>\n", id, id, id, title);
}

void html_section_end(FILE *out)
{
	fputs("</section>\n", out);
}

static void class_print(FILE *out, const struct column *column)
{
	if (column->style)
		fprintf(out, " class=\"%s\"", column->style);
}

static void table_begin(FILE *out, const struct table *table)
{
	fprintf(out, "<table>\n<caption>%s</caption>\n<thead><tr>", table->caption);
	for (size_t i = 0; i < table->column_count; i++) {
		fputs("<th scope=\"col\"", out);
		class_print(out, &table->columns[i]);
		fprintf(out, ">%s</th>", table->columns[i].title);
	}
	fputs("</tr></thead>\n<tbody>\n", out);
}

/* numbers and addresses are not for two lines */
static bool is_kept_whole(const struct column *column)
{
	return column->style && (!strcmp(column->style, "number") || str_ends(column->style, " short"));
}

void html_row(FILE *out, struct table *table, const char *const *cells)
{
	if (!table->row_count++)
		table_begin(out, table);
	fputs("<tr>", out);
	for (size_t i = 0; i < table->column_count; i++) {
		fputs(i ? "<td" : "<th scope=\"row\"", out);
		class_print(out, &table->columns[i]);
		putc('>', out);
		(is_kept_whole(&table->columns[i]) ? html_text : cell_print)(out, cells[i]);
		fputs(i ? "</td>" : "</th>", out);
	}
	fputs("</tr>\n", out);
}

void html_table_end(FILE *out, const struct table *table)
{
	if (table->row_count)
		fputs("</tbody>\n</table>\n", out);
	else
		fprintf(out, "<p class=\"quiet\">%s: none.</p>\n", table->caption);
}

char *number_text(uint64_t number)
{
	const char *digits = str_format("%llu", (unsigned long long)number);
	size_t count = strlen(digits);
	char *text = mem_zalloc(count + count / 3 + 1), *to = text;

	for (size_t i = 0; i < count; i++) {
		if (i && (count - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	return text;
}

const char *json_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

uint64_t json_number(const json_t *object, const char *key)
{
	json_int_t number = json_integer_value(json_object_get(object, key));

	return number < 0 ? 0 : (uint64_t)number;
}
