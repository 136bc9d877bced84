/* SPDX-License-Identifier: ISC */
/*
 * manifest_fields.h -- the readers of the manifest's single keys, for manifest.c
 *
 * Each takes the value of one key, NULL if the key is absent, and fills in its part
 * of the manifest. It reports errors and continues.
 */
#ifndef MANIFEST_FIELDS_H
#define MANIFEST_FIELDS_H

#include "base/strings.h"
#include "input/document.h"
#include "input/manifest.h"

/* true for what "name", or the file's name in Solo5's format, may be: it becomes part of file names */
bool name_is_usable(const char *name);
void read_name(struct document *document, struct manifest *manifest, const json_t *value);

/* true for what a device may be called, as in Solo5 */
bool device_name_is_usable(const char *name);

/* "sources" and "objects": paths to existing files with one of the endings, joined with the manifest's folder */
void read_paths(struct document *document, const struct manifest *manifest, const char *key, const json_t *value,
		const struct strings *endings, struct strings *paths);

void read_libraries(struct document *document, struct manifest *manifest, const json_t *value);
void read_cflags(struct document *document, struct manifest *manifest, const json_t *value);

/* "memory": "512K", "16M", "1G", "1T" (powers of 1024) or a number of bytes; in whole pages of 4 KiB */
void read_memory(struct document *document, struct manifest *manifest, const json_t *value);

/* "includes", "files": folders that exist */
void read_folders(struct document *document, const struct manifest *manifest, const char *key, const json_t *value,
		  struct strings *folders);

/* "mounts": names of devices, each with its folder, absolute and like no other's */
void read_mounts(struct document *document, struct manifest *manifest, const json_t *value);

/* "environment": names without '=', each with its text */
void read_environment(struct document *document, struct manifest *manifest, const json_t *value);

/* "devices": names as in Solo5 in both formats; keys beyond name and type are properties in ours, errors in Solo5's */
void read_devices(struct document *document, struct manifest *manifest, const json_t *value);

/* "ports": numbers, or text such as "53/udp" */
void read_ports(struct document *document, struct manifest *manifest, const json_t *value);

/* "labels": names without control characters, each with its text */
void read_labels(struct document *document, struct manifest *manifest, const json_t *value);
bool label_is_usable(const char *name, const json_t *value);

/* "config": Kconfig symbols without CONFIG_; true, false, a whole number or text */
void read_config(struct document *document, struct manifest *manifest, const json_t *value);

#endif
