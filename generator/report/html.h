/* SPDX-License-Identifier: ISC */
/*
 * html.h -- HTML: text, numbers and tables
 *
 * Text that isn't a literal of ours goes through html_text, here and in all of
 * report/: names in an appliance are anybody's. What is written is well-formed
 * XML, too.
 */
#ifndef HTML_H
#define HTML_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct column {
	const char *title;
	const char *style;      /* classes: "number", "code", "code short"; NULL for text */
};

struct table {
	const char *caption;
	const struct column *columns;
	size_t column_count;
	size_t row_count;       /* so far */
};

/* writes text for an element or an attribute in quotes: printable, with entities for what means something there */
void html_text(FILE *out, const char *text);

/* text with a name for what follows: <section> with a heading, which html_section_end closes */
void html_section(FILE *out, const char *id, const char *title);
void html_section_end(FILE *out);

/* one text for each column; the first is the row's heading. The table begins with its first row. */
void html_row(FILE *out, struct table *table, const char *const *cells);

/* without rows there is no table, but its caption says so */
void html_table_end(FILE *out, const struct table *table);

/* "226,856" */
char *number_text(uint64_t number);

/* a string of an object; "" if there is none */
const char *json_text(const json_t *object, const char *key);

/* a number of an object; 0 if there is none, or it is negative */
uint64_t json_number(const json_t *object, const char *key);

#endif
