/* SPDX-License-Identifier: ISC */
/* bars.c -- boxes on top of each other, and bars, as SVG */
#include "report/bars.h"

#include "report/html.h"

enum { STACK_LEAST = 62, STACK_MOST = 150, BAR = 44 };

/* half a line more each time that a size is 16 times as large */
static unsigned stack_height(double size)
{
	unsigned height = STACK_LEAST;

	for (; size >= 4096 && height < STACK_MOST; size /= 16)
		height += FIGURE_LINE / 2;
	return height;
}

void stack_print(FILE *out, const struct figure *figure, const struct box *boxes, size_t count)
{
	unsigned height = 0;

	for (size_t i = 0; i < count; i++)
		height += stack_height(boxes[i].size);
	figure_open(out, figure, height);
	height = 0;
	for (size_t i = 0; i < count; i++) {
		unsigned own = stack_height(boxes[i].size);

		figure_box(out, &boxes[i], (struct place){0, height, 100, own, ""}, "label");
		height += own;
	}
	figure_close(out);
}

void bars_print(FILE *out, const struct figure *figure, const struct box *boxes, size_t count)
{
	double largest = 1e-9;

	for (size_t i = 0; i < count; i++)
		if (boxes[i].size > largest)
			largest = boxes[i].size;
	figure_open(out, figure, (unsigned)count * BAR);
	for (size_t i = 0; i < count; i++) {
		fprintf(out, "<svg y=\"%u\" width=\"100%%\" height=\"%d\">", (unsigned)i * BAR, BAR);
		fprintf(out, "<rect class=\"%s\" y=\"%d\" width=\"%.3f%%\" height=\"%d\"/>", figure_style(boxes[i].kind), FIGURE_LINE + FIGURE_MARGIN,
			100 * boxes[i].size / largest, BAR - FIGURE_LINE - 2 * FIGURE_MARGIN);
		fprintf(out, "<text x=\"0\" y=\"%d\" class=\"plain\">", FIGURE_LINE);
		html_text(out, boxes[i].name);
		fputs("</text></svg>\n", out);
	}
	figure_close(out);
}
