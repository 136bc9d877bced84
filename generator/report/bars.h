/* SPDX-License-Identifier: ISC */
/* bars.h -- boxes on top of each other, and bars, as SVG */
#ifndef BARS_H
#define BARS_H

#include "report/figure.h"

/* Boxes on top of each other, which are higher the larger they are, but not in proportion. */
void stack_print(FILE *out, const struct figure *figure, const struct box *boxes, size_t count);

/* A bar for each box, as long as its size says, below its name. */
void bars_print(FILE *out, const struct figure *figure, const struct box *boxes, size_t count);

#endif
