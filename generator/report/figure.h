/* SPDX-License-Identifier: ISC */
/*
 * figure.h -- what pictures of numbers have in common; they are SVG
 *
 * Each has a title and a description for readers who don't see it, and a table
 * beside it with the same numbers. Places are percentages and letters have the
 * page's size, so that it fits any width.
 */
#ifndef FIGURE_H
#define FIGURE_H

#include <stddef.h>
#include <stdio.h>

/* colours, by class of the style sheet */
enum figure_kind { FIGURE_MONITOR, FIGURE_GUEST, FIGURE_OTHER };

struct box {
	const char *name;               /* in the table, and when pointed at */
	const char *lines[3];           /* in the box, as far as there is room; NULL ends them */
	double size;
	enum figure_kind kind;
};

struct figure {
	const char *id;                 /* unique in the page */
	const char *title, *description;
};

/* where a box is: x and width in percent */
struct place {
	double x, y, width, height;
	const char *unit;               /* of y and height: "%", or "" for pixels */
};

/* pixels */
enum { FIGURE_LINE = 18, FIGURE_MARGIN = 6 };

/* the class of a kind */
const char *figure_style(enum figure_kind kind);

/* begins with title and description; height in pixels */
void figure_open(FILE *out, const struct figure *figure, unsigned height);
void figure_close(FILE *out);

/* a box with its lines as text of that class, without if it is NULL */
void figure_box(FILE *out, const struct box *box, struct place place, const char *style);

#endif
