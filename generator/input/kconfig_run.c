/* SPDX-License-Identifier: ISC */
/*
 * kconfig_run.c -- chooses modules through Kconfig
 *
 * .config is replaced atomically, and only if everything requested came out.
 * BUILDDIR/kconfig.stamp holds the text of everything that it was made from, and its
 * own: while these are unchanged, kconfig-conf need not run.
 */
#include "input/kconfig.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/text.h"
#include "input/kconfig_parts.h"

/* text escaped for Kconfig's strings */
static char *kconfig_quote(const char *text)
{
	char *result = mem_zalloc(strlen(text) * 2 + 1), *to = result;

	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			*to++ = '\\';
		*to++ = *text;
	}
	return result;
}

/* text for a comment line */
static void emit_comment(FILE *file, const char *text)
{
	fprintf(file, "\t# %s\n", printable(text));
}

static void emit_application(FILE *file, const struct kconfig *kconfig)
{
	struct strings done = {0};

	fprintf(file, "mainmenu \"%s\"\n\n", kconfig_quote(kconfig->manifest->name));
	fprintf(file, "config MEMORY_MB\n\tint\n\tdefault %lu\n\n", kconfig->manifest->memory >> 20);
	fprintf(file, "config APPLICATION\n\tdef_bool y\n");
	for (size_t i = 0; i < kconfig->need_count; i++) {
		const char *symbol = kconfig->needs[i].symbol;

		if (strings_contain(&done, symbol))
			continue;
		strings_add(&done, symbol);
		for (size_t j = i; j < kconfig->need_count; j++)
			if (!strcmp(kconfig->needs[j].symbol, symbol))
				emit_comment(file, kconfig->needs[j].cause);
		fprintf(file, "\tselect %s\n", symbol);
	}
}

static void emit_architectures(FILE *file, const struct architecture *chosen)
{
	const struct architecture *architecture;

	fprintf(file, "\nchoice\n\tprompt \"Processor\"\n\tdefault %s\n", str_upper(chosen->name));
	for (size_t i = 0; (architecture = architecture_at(i)); i++)
		fprintf(file, "config %s\n\tbool \"%s\"\n", str_upper(architecture->name), architecture->title);
	fprintf(file, "endchoice\n");
}

static void emit_hosts(FILE *file, const struct host *chosen)
{
	const struct host *host;

	fprintf(file, "\nchoice\n\tprompt \"Host\"\n\tdefault %s\n", chosen->symbol);
	for (size_t i = 0; (host = host_at(i)); i++)
		fprintf(file, "config %s\n\tbool \"%s\"\n", host->symbol, host->title);
	fprintf(file, "endchoice\n");
}

const struct setting *kconfig_asks(const struct manifest *manifest, const struct strings *symbols, size_t *which)
{
	struct asked asked = {0};

	asked_read(&asked, manifest);
	errors_exit();
	for (size_t i = 0; i < asked.count; i++)
		for (*which = 0; !strcmp(asked.settings[i].value, "y") && *which < symbols->count; (*which)++)
			if (!strcmp(asked.settings[i].symbol, symbols->items[*which]))
				return &asked.settings[i];
	return NULL;
}

/* a module's Kconfig must be there and declare the module's symbol */
static char *module_kconfig(const struct module *module)
{
	char *shown = path_join(path_folder(module->path), "Kconfig");
	char *path = path_join(module->folder, "Kconfig");
	const char *symbol = str_upper(module->name);
	struct symbols symbols = {0};

	if (!path_exists(path)) {
		error_at((struct position){shown, 0, 0}, "%s; accepted is a file with \"config %s\"", strerror(errno), symbol);
		return path;
	}
	symbols_read(&symbols, path);
	if (!symbol_find(&symbols, symbol))
		error_at((struct position){shown, 0, 0}, "the module's symbol is not declared; accepted is a file with \"config %s\"",
			 symbol);
	return path;
}

static void emit_source(FILE *file, const char *path)
{
	const char *variable;

	if (!strchr(path, '$')) {
		fprintf(file, "source \"%s\"\n", kconfig_quote(path));
		return;
	}
	variable = kconfig_path_variable(path);
	fprintf(file, "config %s\n\tstring\n\toption env=\"%s\"\nsource \"$%s\"\n", variable, variable, variable);
}

char *kconfig_emit(const struct kconfig *kconfig)
{
	struct emit emit;
	char *path = path_join(kconfig->build_folder, "Kconfig");

	emit_open(&emit, path);
	fprintf(emit.stream, "# What %s needs, made by ukgen from %s.\n\n", kconfig->manifest->name,
		printable(path_base(kconfig->manifest->path)));
	emit_application(emit.stream, kconfig);
	fputc('\n', emit.stream);
	if (kconfig->kconfig_top)
		emit_source(emit.stream, path_absolute(kconfig->kconfig_top));
	for (size_t i = 0; i < kconfig->modules->count; i++)
		emit_source(emit.stream, module_kconfig(kconfig->modules->items[i]));
	for (size_t i = 0; i < kconfig->libraries->count; i++)
		if (kconfig->libraries->items[i]->kconfig)
			emit_source(emit.stream, kconfig->libraries->items[i]->kconfig);
	emit_architectures(emit.stream, kconfig->architecture);
	emit_hosts(emit.stream, kconfig->host);
	emit_close(&emit);
	errors_exit();
	return path;
}

/* everything that .config was made from, and .config itself; NULL if there is none */
static char *stamp_text(const struct symbols *symbols, const struct asked *asked, const char *config_path)
{
	char *config = file_read(config_path, NULL), *text;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	if (!file)
		fatal("out of memory");
	fprintf(file, "# What .config was made from, and .config; while this is the same, kconfig-conf need not run.\n");
	for (size_t i = 0; i < symbols->texts.count; i++)
		fprintf(file, "%s\n", symbols->texts.items[i]);
	asked_print(file, asked);
	fprintf(file, "\n%s", config ? config : "");
	if (fclose(file))
		fatal("out of memory");
	return config ? text : NULL;
}

static bool file_has(const char *path, const char *text)
{
	const char *found = file_read(path, NULL);

	return found && text && !strcmp(found, text);
}

static void config_make(const struct kconfig *kconfig, const struct symbols *symbols, const struct asked *asked,
			const char *kconfig_path, const char *config_path)
{
	const char *work_path = path_join(kconfig->build_folder, ".config.new");
	const char *output, *text;
	struct emit emit;

	asked_write(asked, work_path);
	output = kconfig_fill(kconfig_path, work_path);
	if (kconfig->kconfig_top)
		config_compare(kconfig, symbols, asked, config_read(work_path), output);
	text = file_read(work_path, NULL);
	unlink(work_path);
	errors_exit();
	if (!text)
		fatal("read %s:", work_path);
	emit_open(&emit, config_path);
	fputs(text, emit.stream);
	emit_close(&emit);
}

struct config *kconfig_run(const struct kconfig *kconfig)
{
	const char *config_path = path_join(kconfig->build_folder, ".config");
	const char *stamp_path = path_join(kconfig->build_folder, "kconfig.stamp");
	const char *kconfig_path = kconfig_emit(kconfig);
	struct symbols symbols = {0};
	struct asked asked = {0};
	struct config *config;

	symbols_read(&symbols, kconfig_path);
	asked_read(&asked, kconfig->manifest);
	errors_exit();
	if (!file_has(stamp_path, stamp_text(&symbols, &asked, config_path))) {
		struct emit emit;

		config_make(kconfig, &symbols, &asked, kconfig_path, config_path);
		emit_open(&emit, stamp_path);
		fputs(stamp_text(&symbols, &asked, config_path), emit.stream);
		emit_close(&emit);
	}
	config = config_read(config_path);
	for (size_t i = 0; i < symbols.count; i++)
		strings_add(&config->declared, symbols.items[i].name);
	return config;
}

static int compare_symbol(const void *symbol, const void *setting)
{
	return strcmp(symbol, ((const struct setting *)setting)->symbol);
}

const char *config_value(const struct config *config, const char *symbol)
{
	const struct setting *setting = NULL;

	if (config->setting_count)
		setting = bsearch(symbol, config->settings, config->setting_count, sizeof(*config->settings),
				  compare_symbol);
	return setting ? setting->value : NULL;
}

bool config_is_set(void *config, const char *symbol)
{
	const char *value = config_value(config, symbol);

	return value && !strcmp(value, "y");
}

void kconfig_symbols(const char *path, struct strings *names)
{
	struct symbols symbols = {0};

	symbols_read(&symbols, path);
	for (size_t i = 0; i < symbols.count; i++)
		strings_add(names, symbols.items[i].name);
}
