/* SPDX-License-Identifier: ISC */
/* figure.c -- what pictures of numbers have in common */
#include "report/figure.h"

#include "base/memory.h"
#include "report/html.h"

static const char *const kinds[] = {"monitor", "guest", "other"};

const char *figure_style(enum figure_kind kind)
{
	return kinds[kind];
}

void figure_open(FILE *out, const struct figure *figure, unsigned height)
{
	fprintf(out, "<svg class=\"figure\" role=\"img\" aria-labelledby=\"%s-name %s-text\" width=\"100%%\" height=\"%u\">\n"
		"<title id=\"%s-name\">%s</title>\n<desc id=\"%s-text\">%s</desc>\n",
		figure->id, figure->id, height, figure->id, figure->title, figure->id, figure->description);
}

void figure_close(FILE *out)
{
	fputs("</svg>\n", out);
}

static void line_print(FILE *out, const char *text, unsigned line, const char *style)
{
	fprintf(out, "<text x=\"%d\" y=\"%u\" class=\"%s\">", FIGURE_MARGIN, line * FIGURE_LINE, style);
	html_text(out, text);
	fputs("</text>", out);
}

void figure_box(FILE *out, const struct box *box, struct place place, const char *style)
{
	fprintf(out, "<svg x=\"%.3f%%\" y=\"%.3f%s\" width=\"%.3f%%\" height=\"%.3f%s\"><title>", place.x, place.y, place.unit,
		place.width, place.height, place.unit);
	html_text(out, box->name);
	fprintf(out, "</title><rect class=\"%s\" width=\"100%%\" height=\"100%%\"/>", figure_style(box->kind));
	for (unsigned i = 0; style && i < ARRAY_SIZE(box->lines) && box->lines[i]; i++)
		line_print(out, box->lines[i], i + 1, style);
	fputs("</svg>\n", out);
}
