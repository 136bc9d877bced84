/* SPDX-License-Identifier: ISC */
/* kconfig_parts.h -- what the files of the Kconfig step share: kconfig_run.c drives, kconfig_menu.c has the menu,
 * kconfig_file.c the two file formats, kconfig_path.c paths with a '$', kconfig_compare.c the differences,
 * kconfig_program.c runs kconfig-conf */
#ifndef KCONFIG_PARTS_H
#define KCONFIG_PARTS_H

#include <stdio.h>

#include "base/strings.h"
#include "input/kconfig.h"

/* a symbol as Kconfig files declare it: only what messages need */
struct symbol {
	const char *name;
	const char *type;       /* "bool", "tristate", "int", "hex", "string"; "" if none is given */
	bool prompt;            /* it can be chosen by hand, if what it depends on holds */
	struct strings depends; /* expressions that must all hold, those of enclosing ifs and menus included */
	struct strings selects;
	const char *range;      /* "0 to 16" or NULL */
	unsigned choice;        /* 0, or the number of the choice that it is an alternative of */
};

struct symbols {
	struct symbol *items;
	size_t count;
	struct strings paths;   /* of all files read, without symbolic links */
	struct strings texts;   /* theirs */
	unsigned choices;
};

/* what was asked for, by NAME.config and by the manifest */
struct asked {
	struct setting *settings;
	size_t count;
	struct setting *usual;  /* what may come out otherwise; of no symbol in settings */
	size_t usual_count;
};

/* reads a Kconfig file and those that it sources; leaves errors to kconfig-conf */
void symbols_read(struct symbols *symbols, const char *path);
const struct symbol *symbol_find(const struct symbols *symbols, const char *name);

/* a line of .config's format: CONFIG_X=value or "# CONFIG_X is not set" (value "n"); false if it is neither */
bool setting_parse(const char *line, struct setting *setting);
void setting_print(FILE *file, const struct setting *setting);

/* the symbols of a file of that format: those that aren't n sorted */
struct config *config_read(const char *path);

/* the user's choices beside the manifest */
char *choices_path(const struct manifest *manifest);

/* adds NAME.config, if there is one, and the manifest's settings; contradictions are errors */
void asked_read(struct asked *asked, const struct manifest *manifest);

/* reports every difference between what was asked and needed, and what came out; output is kconfig-conf's */
void config_compare(const struct kconfig *kconfig, const struct symbols *symbols, const struct asked *asked,
		    const struct config *config, const char *output);

/* writes BUILDDIR/Kconfig; its path */
char *kconfig_emit(const struct kconfig *kconfig);

/* the name of a variable that stands for path in Kconfig files, and is in the environment of the kconfig programs */
const char *kconfig_path_variable(const char *path);

/* the path that a source line names: that of "$VARIABLE", or source itself */
const char *kconfig_path_meant(const char *source);

/* all of them, "NAME=PATH" */
const struct strings *kconfig_path_variables(void);

/*
 * Runs one of the kconfig programs with KCONFIG_CONFIG=config_path and returns
 * its exit status. What it prints goes to *output, or to the terminal if
 * output is NULL.
 */
int kconfig_program(const char *const *arguments, const char *config_path, char **output);

/* fills config_path, which holds what was asked, up with defaults; returns what kconfig-conf said */
char *kconfig_fill(const char *kconfig_path, const char *config_path);

/* what was asked, in .config's format: of two lines for one choice the last counts */
void asked_print(FILE *file, const struct asked *asked);

/* writes that */
void asked_write(const struct asked *asked, const char *path);

#endif
