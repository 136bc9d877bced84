/* SPDX-License-Identifier: ISC */
/*
 * deployable.h -- what container runtimes and service managers are told of an appliance
 *
 * It is read from the appliance's file, which may be anybody's: every text is
 * checked here, once, and is what its comment says.
 */
#ifndef DEPLOYABLE_H
#define DEPLOYABLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "input/manifest.h"
#include "input/port.h"

/* a device of a type that operators connect to something */
struct deployable_device {
	const char *name;       /* letters and digits */
	const char *option;     /* --OPTION:NAME=PLACE says where it is: Solo5's type in small letters, without its end */
	bool network;           /* else a disk */
	bool readonly;
};

struct deployable {
	const char *path;       /* of the file, as the user named it */
	const char *name;       /* as a manifest's "name" */
	const char *architecture;       /* as container images call it: "amd64", "arm64" */
	const char *version;    /* of ukgen; for a terminal */
	const char *build_id;   /* hexadecimal digits, "" if there is none */
	const char *isolation;  /* as struct host has it */
	bool kvm;               /* it needs /dev/kvm */
	uint64_t memory;        /* of the guest, in bytes */
	struct deployable_device *devices;
	size_t device_count;
	struct ports ports;
	struct label *labels;   /* without control characters */
	size_t label_count;
};

/* Fatal for what isn't an appliance, or doesn't hold what an appliance does; command is the one to name. */
void deployable_read(struct deployable *deployable, const char *command, const char *path);

/* The same of a description and a record, which may be NULL, without the build id. Texts point into both; deployable->path is set. */
void deployable_parse(struct deployable *deployable, const json_t *description, const json_t *record);

/* how many devices are networks, or disks */
size_t deployable_count(const struct deployable *deployable, bool network);

#endif
