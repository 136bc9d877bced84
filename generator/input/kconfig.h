/* SPDX-License-Identifier: ISC */
/*
 * kconfig.h -- chooses modules through Kconfig
 *
 * BUILDDIR/Kconfig declares the application's own symbol, which selects what the
 * application needs, and sources the top Kconfig, each module's, and those of the
 * application's libraries. From it, the saved choices (NAME.config beside the
 * manifest) and the manifest's "config", kconfig-conf makes BUILDDIR/.config.
 */
#ifndef KCONFIG_H
#define KCONFIG_H

#include "base/strings.h"
#include "input/library.h"
#include "input/manifest.h"
#include "input/module.h"
#include "target/architecture.h"
#include "target/host.h"

/* why the application needs a module: a device of the manifest, or a function that an object uses */
struct need {
	const char *symbol;     /* Kconfig symbol: "CONSOLE" */
	const char *cause;      /* "device \"storage\"" or "hello.o uses solo5_console_write" */
};

struct config {
	struct setting *settings;       /* every symbol of .config that is set, sorted by symbol; .where is unused */
	size_t setting_count;
	struct strings unset;           /* every symbol that .config says is not set */
	struct strings declared;        /* every symbol of the Kconfig files, set or not */
};

struct kconfig {
	const struct manifest *manifest;
	const struct architecture *architecture;        /* the target: the choice's default */
	const struct host *host;        /* the same of the other choice */
	const struct modules *modules;
	const struct libraries *libraries;
	const char *kconfig_top;        /* the project's own top Kconfig; NULL: there are only libraries yet, and nothing is compared */
	const char *build_folder;
	struct need *needs;
	size_t need_count;
};

/* Writes BUILDDIR/Kconfig and BUILDDIR/.config; every difference between request and result is an error. */
struct config *kconfig_run(const struct kconfig *kconfig);

/* The line of NAME.config or the manifest that sets one of symbols to y, and *which; NULL if none does. */
const struct setting *kconfig_asks(const struct manifest *manifest, const struct strings *symbols, size_t *which);

/* Runs kconfig-mconf on the same; keeps the user's choices in NAME.config. Needs a terminal. Returns its exit status. */
int kconfig_menu(const struct kconfig *kconfig);

/* Appends the names of the symbols that a Kconfig file declares. */
void kconfig_symbols(const char *path, struct strings *names);

bool config_is_set(void *config, const char *symbol);           /* a symbol_test */
const char *config_value(const struct config *config, const char *symbol);      /* NULL if not set */

#endif
