/* SPDX-License-Identifier: ISC */
/* tender.h -- solo5-ukgen, solo5-hvt and solo5-spt, which are ukgen under other names */
#ifndef TENDER_H
#define TENDER_H

#include <stdbool.h>

/* true for these names, and for them with a version: "solo5-hvt.1000" */
bool tender_have(const char *program);

/* starts the appliance that the words name; returns only if none is started: the exit status */
int tender_run(const char *program, int count, char **words);

#endif
