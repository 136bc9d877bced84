/* SPDX-License-Identifier: ISC */
/*
 * treemap.c -- boxes side by side, whose areas are their sizes
 *
 * Rows are filled along the shorter side of what is left. A row takes one more box
 * as long as that makes its worst box more like a square: M. Bruls, K. Huizing and
 * J. van Wijk, "Squarified Treemaps", 2000.
 */
#include "report/treemap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* of the picture: the sides that rows go along, and what two lines need, on a wide screen and on a telephone, in pixels */
enum { WIDTH = 720, HEIGHT = 360, WIDTH_SMALL = 328, LETTER = 7, MARGINS = 12, TEXT_HEIGHT = 42 };

struct area {
	double x, y, width, height;
};

static int compare_boxes(const void *a, const void *b)
{
	const struct box *one = a, *other = b;

	return one->size != other->size ? (one->size < other->size) - (one->size > other->size) : strcmp(one->name, other->name);
}

/* how far the worst box of a row is from a square; side: the row's length, in the unit whose square sizes have */
static double row_worst(double sum, double least, double most, double side)
{
	double one = side * side * most / (sum * sum), other = sum * sum / (side * side * least);

	return one > other ? one : other;
}

static const char *text_style(const struct box *box, const struct area *area)
{
	size_t one = strlen(box->lines[0]), other = strlen(box->lines[1]);
	double need = (double)((one > other ? one : other) * LETTER + MARGINS);

	if (area->height < TEXT_HEIGHT || area->width < need)
		return NULL;
	return area->width * WIDTH_SMALL / WIDTH < need ? "label wide" : "label";
}

static void box_print(FILE *out, const struct box *box, struct area area)
{
	figure_box(out, box, (struct place){100 * area.x / WIDTH, 100 * area.y / HEIGHT, 100 * area.width / WIDTH,
		100 * area.height / HEIGHT, "%"}, text_style(box, &area));
}

/* prints boxes as a row along the shorter side of what is left, and takes it away there; scale: area of a size of 1 */
static void row_print(FILE *out, const struct box *boxes, size_t count, double sum, double scale, struct area *left)
{
	bool upright = left->width >= left->height;
	double side = upright ? left->height : left->width, depth = sum * scale / side, at = 0;

	for (size_t i = 0; i < count; i++) {
		double length = side * boxes[i].size / sum;

		box_print(out, &boxes[i], upright ? (struct area){left->x, left->y + at, depth, length} :
			(struct area){left->x + at, left->y, length, depth});
		at += length;
	}
	if (upright) {
		left->x += depth;
		left->width -= depth;
	} else {
		left->y += depth;
		left->height -= depth;
	}
}

void treemap_print(FILE *out, const struct figure *figure, struct box *boxes, size_t count)
{
	struct area left = {0, 0, WIDTH, HEIGHT};
	double total = 0, scale;

	if (count)
		qsort(boxes, count, sizeof(*boxes), compare_boxes);
	while (count && boxes[count - 1].size <= 0)
		count--;
	for (size_t i = 0; i < count; i++)
		total += boxes[i].size;
	figure_open(out, figure, HEIGHT);
	scale = (double)WIDTH * HEIGHT / total;
	for (size_t i = 0; i < count;) {
		double side = (left.width < left.height ? left.width : left.height), sum = boxes[i].size;
		size_t row = 1;

		while (i + row < count) {
			double next = boxes[i + row].size;
			double now = row_worst(sum * scale, boxes[i + row - 1].size * scale, boxes[i].size * scale, side);

			if (row_worst((sum + next) * scale, next * scale, boxes[i].size * scale, side) > now)
				break;
			sum += next;
			row++;
		}
		row_print(out, boxes + i, row, sum, scale, &left);
		i += row;
	}
	figure_close(out);
}
