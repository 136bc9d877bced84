/* SPDX-License-Identifier: ISC */
/*
 * manifest.h -- the manifest: what one application needs
 *
 * A manifest is one JSON object in UTF-8, of at most 256 KiB. Paths in it are
 * relative to its folder; unknown keys are errors. Its keys:
 *
 *   type         "ukgen.manifest"; a file of the type "solo5.manifest" is accepted as it is
 *   version      1
 *   name         of the application and its appliance: 1 to 200 letters, digits, '.', '_' and '-', a letter or digit first
 *   sources      files in C, C++ or assembly (.c; .cc, .cpp, .cxx; .S)
 *   objects      objects and archives (.o, .a)
 *   libraries    guest libraries: "libc", a C library; "libcxx", a C++ library; "sockets", sockets for it; "lwip", TCP/IP; more from --libraries DIR
 *   includes     folders in which #include looks for the application's own headers
 *   cflags       compiler options for the sources
 *   memory       of the guest: "512K", "16M", "1G", or a number of bytes; 64K to 1T in whole pages of 4 KiB, 16M if left out
 *   files        folders packed into the guest's read-only memory, as uk_files and as the C library's files
 *   mounts       folders of the C library's files that are on a block device: { "storage": "/data" }
 *   environment  names and values for uk_environment, unless --env replaces them: { "TZ": "UTC" }
 *   devices      [{ "name": "storage", "type": "BLOCK_BASIC", "readonly": true }]: 63 at most, any number of each type; what
 *                can be said of one besides its name and type is up to the module that backs the type
 *   ports        at which it listens, for ukgen oci and deploy: [80, "53/udp"]
 *   labels       names and values for ukgen oci: { "org.opencontainers.image.vendor": "Example" }
 *   config       Kconfig symbols without CONFIG_, and their values: { "GDB": true, "STACK_KB": 256 }
 *
 * type, version and name must be there.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strings.h"
#include "input/port.h"

/* Solo5 reserves 63 devices: a handle is a bit number in a 64-bit set, and handle 0 is taken. */
#define DEVICES_MAX 63
#define NAME_LENGTH_MAX 67      /* the longest device name that Solo5's ELF note can carry */

struct module;

/* one "key": value of a device beside name and type, to be checked against the module that backs the type */
struct property {
	const char *key;
	const char *value;      /* as JSON text: true, 4096, "text" (quotes included) */
	struct position where;  /* of the key */
};

struct device {
	const char *name;
	const char *type;       /* "BLOCK_BASIC"; the modules define the types */
	struct position where;  /* of the type's value */
	struct property *properties;
	size_t property_count;
	struct module *module;  /* that backs the type, and which of its devices this is: devices_check */
	size_t index;
};

/* one entry of "mounts": a folder whose content is on a device */
struct mount {
	const char *device;             /* its name; that there is one, of the right type, is still to be checked */
	const char *folder;             /* absolute, without slash at its end */
	struct position where;          /* of the device's name */
};

/* one entry of "config": a Kconfig symbol and the value asked for it */
struct setting {
	const char *symbol;     /* without CONFIG_ */
	const char *value;      /* as .config has it: y, n, 42, "text" (quotes included, those inside escaped by '\\') */
	struct position where;  /* of the key */
};

/* one entry of "labels" */
struct label {
	const char *name, *value;
};

struct manifest {
	const char *path;       /* as the user named it; errors quote it */
	const char *folder;     /* that paths inside are relative to */
	const char *name;       /* ours: "name"; Solo5's: the file's name without .json/.manifest */
	const char *text;       /* as JSON in one line, as it was written, or as a note of Solo5's would be */
	bool solo5;             /* written in Solo5's format */
	const char *choices;    /* file of Kconfig choices that was named; NULL: NAME.config beside the manifest, if it is there */
	const char *object;     /* the application's object in whose note it was; else NULL */
	struct strings sources, objects, libraries;     /* paths joined with folder; libraries are bare names */
	struct strings cflags;  /* paths in them are absolute */
	uint64_t memory;        /* bytes; 0 if not given */
	struct position memory_where;
	struct strings includes, files; /* folders, joined with folder */
	struct position files_where;
	struct mount *mounts;
	size_t mount_count;
	struct strings environment;     /* "NAME=VALUE" */
	struct position environment_where;
	struct device *devices;
	size_t device_count;
	struct ports ports;
	struct label *labels;
	size_t label_count;
	struct setting *settings;
	size_t setting_count;
	struct setting *usual;  /* of symbols that nothing else sets: an appliance's recorded configuration */
	size_t usual_count;
};

/* Manifests are written by hand; a longer file is something else. */
#define MANIFEST_SIZE_MAX 262144

/* The application's name becomes part of file names: 200 leaves 55 of the 255 bytes that Linux allows for suffixes. */
#define APPLICATION_NAME_MAX 200

/*
 * Bounds of "memory". The least that a guest needs depends on its segments and
 * is checked when it is linked; below 64 KiB nothing links. 1 TiB is far more than
 * one virtual CPU can use, and what every x86-64 and AArch64 host can address
 * (2^40 bytes).
 */
#define MEMORY_MIN (UINT64_C(64) << 10)
#define MEMORY_MAX (UINT64_C(1) << 40)

/*
 * Reads text in either format; path is for messages, and the paths inside are
 * relative to its folder. text ends in a NUL that length doesn't count. Returns
 * NULL after reporting every error that it can find.
 */
struct manifest *manifest_parse(const char *path, const char *text, size_t length);

/* The same for Solo5's format only and without an application: it gets no name. */
struct manifest *manifest_parse_solo5(const char *path, const char *text, size_t length);

/* Reads either format, or an object with Solo5's note; reports every error it can find, then exits with status 1 if there was any. */
struct manifest *manifest_read(const char *path);

/* Reads the note of an object that messages call path, and that gives the application its name. */
struct manifest *manifest_read_object(const char *object, const char *path);

#endif
