/* SPDX-License-Identifier: ISC */
/* sbom.h -- the bill of materials of an appliance, as SPDX 2.3 has it in JSON */
#ifndef SBOM_H
#define SBOM_H

#include <jansson.h>

/*
 * name, version: the appliance's and ukgen's; monitor, guest: its inputs as the
 * package note has them; tools: the programs that made it. The caller owns the result.
 */
json_t *sbom_make(const char *name, const json_t *monitor, const json_t *guest, const json_t *tools);

#endif
