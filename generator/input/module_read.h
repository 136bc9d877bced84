/* SPDX-License-Identifier: ISC */
/* module_read.h -- reads .mod files, each once; module_configure then drops what Kconfig didn't choose */
#ifndef MODULE_READ_H
#define MODULE_READ_H

#include "input/module.h"

/*
 * Reads one description, with all statements whatever their conditions.
 * Reports every error it can find; the caller calls errors_exit.
 */
struct module *module_read(const char *folder, const char *name);

/* Reads a further description of the same module, for one host or architecture, if there is one. */
void module_read_more(struct module *module, const char *path);

/* Reads FOLDER/NAME/NAME.mod for every subfolder of FOLDER that has one, sorted by name, appended to modules. */
void modules_read(struct modules *modules, const char *folder);

/*
 * Reads a description from memory. module->path, folder, name and the sources
 * found in the folder are already there.
 */
void module_parse(struct module *module, const char *text, size_t length);

#endif
