/* SPDX-License-Identifier: ISC */
/* notes.h -- Solo5's notes in gen/image.s */
#ifndef NOTES_H
#define NOTES_H

#include <stdio.h>

#include "input/manifest.h"

/* Assembly for the two notes of an appliance for an ABI, in sections that are not loaded; nothing if a device's type has no number. */
void emit_notes(FILE *out, const struct manifest *manifest, const char *abi);

#endif
