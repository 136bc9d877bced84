/* SPDX-License-Identifier: ISC */
/*
 * package.h -- what an appliance records of what it was made from
 *
 * Two notes of its file, neither loaded: .note.package, whose descriptor is JSON
 * text, and .note.gnu.build-id. The build id is the SHA-256 of the whole file,
 * with zeros where the id is.
 *
 * An appliance may come from anywhere: each function here takes it as hostile.
 */
#ifndef PACKAGE_H
#define PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PACKAGE_SECTION ".note.package"
#define PACKAGE_OWNER "FDO"
#define PACKAGE_NOTE 0xcafe1a7eu
#define PACKAGE_TYPE "ukgen"
#define BUILD_ID_SECTION ".note.gnu.build-id"
#define BUILD_ID_OWNER "GNU"

enum {
	PACKAGE_RECORD = 2,     /* which keys there are, and what they mean */
	BUILD_ID_NOTE = 3,
	BUILD_ID_SIZE = 32,
};

/* Where the build id is in a file's bytes; false if there is none. */
bool build_id_find(const uint8_t *file, size_t size, size_t *offset);

/* what the build id of a file should be that has one at offset */
void build_id_compute(const uint8_t *file, size_t size, size_t offset, uint8_t id[BUILD_ID_SIZE]);

/* true if the build id at offset is what it should be: the file is as it was made */
bool build_id_fits(const uint8_t *file, size_t size, size_t offset);

/* the id in hexadecimal digits */
char *build_id_text(const uint8_t id[BUILD_ID_SIZE]);

/* The JSON text in an appliance's package note; NULL if it has none. What is no ELF file is fatal. */
char *package_text(const char *command, const char *appliance);

/* The same of an open file; NULL for what isn't ELF, too. */
char *package_text_of(int file);

#endif
