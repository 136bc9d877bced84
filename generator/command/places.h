/* SPDX-License-Identifier: ISC */
/*
 * places.h -- the source lines of addresses of a guest
 *
 * addr2line finds them. It comes with the compiler, knows inlined functions and
 * names of C++, and reads debug information in a process of its own.
 */
#ifndef PLACES_H
#define PLACES_H

#include <stdio.h>

#include "base/process.h"
#include "base/strings.h"

/* what addr2line says, as far as it was read */
struct places {
	struct program program;
	FILE *said;
	char *line;
	size_t size;
};

/* the name of an appliance's guest file: guest_file_find with the name that the appliance has */
const char *places_guest(const char *command, const char *build, const char *appliance);

/* asks for hexadecimal addresses, each with 0x, in a guest file */
void places_open(struct places *places, const char *guest, const struct strings *addresses);

/*
 * Reads the places of the next address, innermost first: "FUNCTION at FILE:LINE", then
 * "(inlined by) FUNCTION at FILE:LINE" for each function that it was compiled into.
 * They are printable. What has no source line is "FUNCTION at ??:0" or "?? ??:0".
 */
void places_read(struct places *places, struct strings *found);

/* false if no source line is known */
bool place_is_known(const char *place);

/* addr2line's exit status */
int places_close(struct places *places);

#endif
