/* SPDX-License-Identifier: ISC */
/* appliance.h -- the sections of an appliance's file, read with libelf and without running it */
#ifndef APPLIANCE_H
#define APPLIANCE_H

#include <stddef.h>

/*
 * A section's bytes, and a zero behind them; NULL if there is none of that
 * name. A file that is no ELF file is fatal: command is what wants an appliance.
 */
char *appliance_section(const char *command, const char *path, const char *name, size_t *size);

/* the description that it carries; fatal if it has none */
char *appliance_description(const char *command, const char *path);

#endif
