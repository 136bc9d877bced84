/* SPDX-License-Identifier: ISC */
/* appliance.h -- the sections of an appliance's file, read with libelf and without running it */
#ifndef APPLIANCE_H
#define APPLIANCE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * *bytes is the content of the section of that name in an open file, with a zero after it, or NULL if
 * there is none; false if the file isn't ELF.
 */
bool section_find(int file, const char *name, char **bytes, size_t *size);

/*
 * A section's bytes, with a zero after them; NULL if there is none of that name. A
 * file that isn't ELF is fatal; command is the one to name in the message.
 */
char *appliance_section(const char *command, const char *path, const char *name, size_t *size);

/* the appliance's description; fatal if there is none */
char *appliance_description(const char *command, const char *path);

#endif
