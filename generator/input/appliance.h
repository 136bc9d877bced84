/* SPDX-License-Identifier: ISC */
/* appliance.h -- the sections of an appliance's file, read with libelf and without running it */
#ifndef APPLIANCE_H
#define APPLIANCE_H

#include <stddef.h>

/*
 * A section's bytes, with a zero after them; NULL if there is none of that name. A
 * file that isn't ELF is fatal; command is the one to name in the message.
 */
char *appliance_section(const char *command, const char *path, const char *name, size_t *size);

/* the appliance's description; fatal if there is none */
char *appliance_description(const char *command, const char *path);

#endif
