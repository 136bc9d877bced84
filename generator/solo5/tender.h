/* SPDX-License-Identifier: ISC */
/* tender.h -- solo5-ukgen, solo5-hvt and solo5-spt, which are ukgen under other names */
#ifndef TENDER_H
#define TENDER_H

#include <stdbool.h>

/* true for these names, also with a version: "solo5-hvt.1000" */
bool tender_have(const char *program);

/* executes the appliance that the words name; returns the exit status if it can't */
int tender_run(const char *program, int count, char **words);

#endif
