/* SPDX-License-Identifier: ISC */
/* inspect_record.h -- ukgen inspect: what an appliance was made from */
#ifndef INSPECT_RECORD_H
#define INSPECT_RECORD_H

#include <jansson.h>

/* Prints what monitor and guest were made from; nothing of an appliance without a record. */
void inspect_record(const json_t *record);

/* Prints the bill of materials as JSON; fatal if there is none. */
void inspect_sbom(const json_t *record, const char *appliance);

#endif
