/* SPDX-License-Identifier: ISC */
/* treemap.h -- boxes side by side, whose areas are their sizes, as SVG */
#ifndef TREEMAP_H
#define TREEMAP_H

#include "report/figure.h"

/* The largest comes first; boxes are sorted. Each has two lines. */
void treemap_print(FILE *out, const struct figure *figure, struct box *boxes, size_t count);

#endif
