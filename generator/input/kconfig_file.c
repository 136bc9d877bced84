/* SPDX-License-Identifier: ISC */
/*
 * kconfig_file.c -- reads Kconfig files and files of .config's format
 *
 * The reader of Kconfig files is for messages only: it knows the lines that
 * say why a value is impossible and takes no decision; kconfig-conf does.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "input/kconfig_parts.h"

#define DEPTH_MAX 16

/* a Kconfig file being read */
struct scan {
	struct symbols *symbols;
	bool open;              /* the last symbol takes attributes */
	bool menu_open;         /* the innermost block does */
	struct strings depends; /* of the enclosing blocks, innermost last */
	unsigned choice;
	bool help;              /* inside a help text, whose indentation is: */
	size_t help_indent;     /* 0: not known before its first line */
};

static unsigned depth;          /* of files that source files; a loop is left to kconfig-conf */

/* the text in quotes at the start of line, or NULL; *rest is what follows */
static char *quoted(const char *line, const char **rest)
{
	const char *end = *line == '"' || *line == '\'' ? strchr(line + 1, *line) : NULL;

	*rest = end ? end + 1 : line;
	return end ? str_copy(line + 1, (size_t)(end - line - 1)) : NULL;
}

/* prompt text and what may follow: if EXPRESSION */
static void scan_prompt(struct symbol *symbol, const char *text)
{
	const char *rest;

	if (!quoted(text, &rest))
		return;
	symbol->prompt = true;
	rest += strspn(rest, " \t");
	if (str_starts(rest, "if "))
		strings_add(&symbol->depends, rest + 3);
}

static void scan_attribute(struct scan *scan, const char *word, const char *rest)
{
	static const char *const types[] = {"bool", "tristate", "int", "hex", "string"};
	struct symbols *symbols = scan->symbols;
	struct symbol *symbol = scan->open ? &symbols->items[symbols->count - 1] : NULL;
	char low[64], high[64];

	if (!strcmp(word, "depends") && str_starts(rest, "on ")) {
		if (symbol)
			strings_add(&symbol->depends, rest + 3);
		else if (scan->menu_open && scan->depends.count)
			scan->depends.items[scan->depends.count - 1] = rest + 3;
	}
	if (!symbol)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		if (!strcmp(word, types[i])) {
			symbol->type = types[i];
			scan_prompt(symbol, rest);
		}
		if (str_starts(word, "def_") && !strcmp(word + 4, types[i]))
			symbol->type = types[i];
	}
	if (!strcmp(word, "prompt"))
		scan_prompt(symbol, rest);
	else if (!strcmp(word, "select"))
		strings_add(&symbol->selects, str_copy(rest, strcspn(rest, " \t")));
	else if (!strcmp(word, "range") && sscanf(rest, "%63s %63s", low, high) == 2)
		symbol->range = str_format("%s to %s", low, high);
}

static void scan_symbol(struct scan *scan, const char *name)
{
	struct symbols *symbols = scan->symbols;
	struct symbol *symbol = LIST_ADD(symbols->items, symbols->count);

	symbol->name = name;
	symbol->type = "";
	symbol->choice = scan->choice;
	for (size_t i = 0; i < scan->depends.count; i++)
		if (*scan->depends.items[i])
			strings_add(&symbol->depends, scan->depends.items[i]);
	scan->open = true;
}

static void scan_line(struct scan *scan, const char *line)
{
	const char *word = str_copy(line, strcspn(line, " \t\"'"));
	const char *rest = line + strlen(word);

	rest += strspn(rest, " \t");
	if (!strcmp(word, "help") || !strcmp(word, "---help---")) {
		scan->help = true;
		scan->help_indent = 0;
		return;
	}
	if (!strcmp(word, "config") || !strcmp(word, "menuconfig")) {
		scan_symbol(scan, rest);
		return;
	}
	if (!strcmp(word, "if") || !strcmp(word, "menu") || !strcmp(word, "choice")) {
		strings_add(&scan->depends, *word == 'i' ? rest : "");
		if (*word == 'c')
			scan->choice = ++scan->symbols->choices;
		scan->open = false;
		scan->menu_open = *word != 'i';
		return;
	}
	if (!strcmp(word, "endif") || !strcmp(word, "endmenu") || !strcmp(word, "endchoice")) {
		if (scan->depends.count)
			scan->depends.count--;
		if (!strcmp(word, "endchoice"))
			scan->choice = 0;
		scan->open = scan->menu_open = false;
		return;
	}
	if (!strcmp(word, "source")) {
		const char *path = quoted(rest, &rest);

		scan->open = scan->menu_open = false;
		if (path)
			symbols_read(scan->symbols, path);
		return;
	}
	scan_attribute(scan, word, rest);
}

void symbols_read(struct symbols *symbols, const char *path)
{
	struct scan scan = {.symbols = symbols};
	char *text = depth < DEPTH_MAX ? file_read(path, NULL) : NULL;
	char *lines, *line;

	if (!text)
		return;
	strings_add(&symbols->texts, text);
	lines = str_copy(text, strlen(text));
	depth++;
	while ((line = strsep(&lines, "\n"))) {
		size_t indent = strspn(line, " \t\r");
		size_t length = strlen(line);

		if (indent == length)
			continue;
		if (scan.help && !scan.help_indent)
			scan.help_indent = indent;
		if (scan.help && indent && indent >= scan.help_indent)
			continue;
		scan.help = false;
		while (strchr(" \t\r", line[length - 1]))
			line[--length] = 0;
		if (line[indent] != '#')
			scan_line(&scan, line + indent);
	}
	depth--;
}

const struct symbol *symbol_find(const struct symbols *symbols, const char *name)
{
	for (size_t i = 0; i < symbols->count; i++)
		if (!strcmp(symbols->items[i].name, name))
			return &symbols->items[i];
	return NULL;
}

bool setting_parse(const char *line, struct setting *setting)
{
	static const char prefix[] = "CONFIG_", unset[] = " is not set";
	bool off = str_starts(line, "# ");
	const char *end;

	line += off ? 2 : 0;
	if (!str_starts(line, prefix))
		return false;
	line += strlen(prefix);
	end = line + strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
	if (end == line || (off ? strcmp(end, unset) : *end != '=' || !end[1]))
		return false;
	setting->symbol = str_copy(line, (size_t)(end - line));
	setting->value = off ? "n" : str_copy(end + 1, strlen(end + 1));
	return true;
}

void setting_print(FILE *file, const struct setting *setting)
{
	if (!strcmp(setting->value, "n"))
		fprintf(file, "# CONFIG_%s is not set\n", setting->symbol);
	else
		fprintf(file, "CONFIG_%s=%s\n", setting->symbol, setting->value);
}

static int compare_settings(const void *a, const void *b)
{
	return strcmp(((const struct setting *)a)->symbol, ((const struct setting *)b)->symbol);
}

struct config *config_read(const char *path)
{
	struct config *config = mem_zalloc(sizeof(*config));
	char *lines = file_read(path, NULL), *line;

	if (!lines)
		fatal("read %s:", path);
	while ((line = strsep(&lines, "\n"))) {
		struct setting setting = {0};

		if (setting_parse(line, &setting) && strcmp(setting.value, "n"))
			*LIST_ADD(config->settings, config->setting_count) = setting;
	}
	if (config->setting_count)
		qsort(config->settings, config->setting_count, sizeof(*config->settings), compare_settings);
	return config;
}

char *choices_path(const struct manifest *manifest)
{
	if (manifest->choices)
		return str_copy(manifest->choices, strlen(manifest->choices));
	return path_join(manifest->folder, str_format("%s.config", manifest->name));
}

static void choices_read(struct asked *asked, const char *path, bool needed)
{
	char *lines = file_read(path, NULL), *line;

	if (!lines) {
		if (needed || errno != ENOENT)
			error_at((struct position){path, 0, 0}, "%s; accepted is a file of choices", strerror(errno));
		return;
	}
	for (unsigned number = 1; (line = strsep(&lines, "\n")); number++) {
		struct setting setting = {.where = {path, number, 1}};
		size_t length = strlen(line);

		while (length && strchr(" \t\r", line[length - 1]))
			line[--length] = 0;
		if (setting_parse(line, &setting))
			*LIST_ADD(asked->settings, asked->count) = setting;
		else if (*line && *line != '#')
			error_at(setting.where, "\"%s\" sets nothing; accepted are \"CONFIG_SYMBOL=VALUE\", "
				 "\"# CONFIG_SYMBOL is not set\" and comments", line);
	}
}

static const struct setting *asked_find(const struct asked *asked, size_t count, const char *symbol)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(asked->settings[i].symbol, symbol))
			return &asked->settings[i];
	return NULL;
}

void asked_read(struct asked *asked, const struct manifest *manifest)
{
	choices_read(asked, choices_path(manifest), manifest->choices);
	for (size_t i = 0; i < manifest->setting_count; i++)
		*LIST_ADD(asked->settings, asked->count) = manifest->settings[i];
	for (size_t i = 0; i < asked->count; i++) {
		const struct setting *setting = &asked->settings[i], *first = asked_find(asked, i, setting->symbol);

		for (const char *c = setting->value; *c; c++)
			if ((unsigned char)*c < ' ') {
				error_at(setting->where, "the value of \"%s\" has a control character; accepted is one line of text",
					 setting->symbol);
				break;
			}
		if (first && strcmp(first->value, setting->value))
			error_at(first->where, "%s=%s contradicts %s=%s in %s:%u; accepted is one of the two",
				 first->symbol, first->value, setting->symbol, setting->value,
				 setting->where.file, setting->where.line);
	}
}

void asked_write(const struct asked *asked, const char *path)
{
	struct emit emit;

	emit_open(&emit, path);
	for (size_t i = 0; i < asked->count; i++)
		setting_print(emit.stream, &asked->settings[i]);
	emit_close(&emit);
}
