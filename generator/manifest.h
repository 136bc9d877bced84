/* SPDX-License-Identifier: ISC */
/* manifest.h -- what one application needs, as its developer wrote it */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdint.h>

#include "util.h"

/* Solo5 reserves 63 devices: a handle is a bit number in a 64-bit set, and handle 0 is taken. */
#define DEVICES_MAX 63
#define NAME_LENGTH_MAX 67      /* the longest device name that Solo5's ELF note can carry */

/* one "key": value of a device beyond name and type, still to be checked against the module that backs the type */
struct property {
	const char *key;
	const char *value;      /* as JSON text: true, 4096, "text" (quotes included) */
	struct position where;
};

struct device {
	const char *name;
	const char *type;       /* "BLOCK_BASIC"; which types exist is up to the modules */
	struct position where;  /* of the type's value */
	struct property *properties;
	size_t property_count;
};

/* one entry of "config": a Kconfig symbol and the value asked for it */
struct setting {
	const char *symbol;     /* without CONFIG_ */
	const char *value;      /* as .config has it: y, n, 42, 0x10, "text" (quotes included) */
	struct position where;
};

struct manifest {
	const char *path;       /* as the user named it; errors quote it */
	const char *folder;     /* what the paths inside are relative to */
	const char *name;       /* ours: "name"; Solo5's: the file's name without .json/.manifest */
	bool solo5;             /* written in Solo5's format */
	struct strings sources, objects, libraries, cflags;     /* paths joined with folder; libraries are bare names */
	uint64_t memory;        /* bytes; 0 if not given */
	struct position memory_where;
	struct device *devices;
	size_t device_count;
	struct setting *settings;
	size_t setting_count;
};

/* Reads either format; reports every error it can find, then exits with status 1 if there was any. */
struct manifest *manifest_read(const char *path);

#endif
