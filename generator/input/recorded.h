/* SPDX-License-Identifier: ISC */
/*
 * recorded.h -- an appliance's guest and what is recorded of it: enough to make a monitor round it again
 *
 * An appliance may come from anybody, and its record may say anything. What is
 * here was checked: each name is one, each number within its bounds, the segments
 * are in order and their bytes are in the file. That it is true was not: the
 * record says of the guest what its maker wants. A monitor needs no more; it takes every
 * guest for hostile.
 */
#ifndef RECORDED_H
#define RECORDED_H

#include <jansson.h>

#include "base/strings.h"
#include "input/guest_elf.h"
#include "input/kconfig.h"
#include "input/manifest.h"

/* a hypercall or a doorbell of the guest */
struct recorded_call {
	const char *name, *module;
	unsigned number;
	bool doorbell;
};

/* a module with sources in the guest */
struct recorded_module {
	const char *name;
	struct strings sources;         /* file names, without folders */
};

struct recorded {
	const char *path;               /* of the appliance */
	const char *name, *architecture, *host;
	const char *interface;          /* what the guest was compiled against: interface_digest */
	const char *date;               /* SOURCE_DATE_EPOCH when it was made */
	struct manifest *manifest;      /* without paths, libraries and "config"; its text is whole */
	struct setting *settings;       /* every symbol of the configuration */
	size_t setting_count;
	struct strings guest_symbols;   /* those that the guest's sources were compiled with */
	struct strings libraries;
	struct need *needs;
	size_t need_count;
	struct recorded_call *calls;    /* in the order of their numbers */
	size_t call_count;
	struct recorded_module *modules;
	size_t module_count;
	struct guest *guest;
	/* what is passed on as it is, as JSON */
	json_t *guest_record, *library_calls;
	json_t *described;              /* the description's modules */
};

/* Reads an appliance; what isn't one, or is damaged, is fatal. command is the one to name in the message. */
struct recorded *recorded_read(const char *command, const char *path);

/* how many bytes the objects of a module's guest half had, as the appliance says */
json_int_t recorded_guest_bytes(const struct recorded *recorded, const char *module);

#endif
