/* SPDX-License-Identifier: ISC */
/*
 * kconfig_file.c -- reads Kconfig files and files of .config's format
 *
 * The reader of Kconfig files serves messages only: it understands the lines that
 * explain why a value is impossible. kconfig-conf decides.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/strings.h"
#include "base/text.h"
#include "input/kconfig_parts.h"

/* a longer file is something else */
#define KCONFIG_SIZE_MAX 1048576

/* a Kconfig file being read */
struct scan {
	struct symbols *symbols;
	bool open;              /* attributes belong to the last symbol */
	bool menu_open;         /* attributes belong to the innermost block */
	struct strings depends; /* of the enclosing blocks, innermost last */
	unsigned choice;
	bool help;              /* inside a help text, whose indentation is: */
	size_t help_indent;     /* 0: not known before its first line */
	const char *path;       /* as it was named; and canonical */
	const char *real_path;
	unsigned line;
	const struct scan *outer;       /* the file that sources this one */
};

static void file_scan(struct symbols *symbols, const char *path, const struct scan *outer);

/* the text in quotes at the start of line, any character escaped by a backslash, or NULL; *rest is what follows */
static char *quoted(const char *line, const char **rest)
{
	char *text = mem_zalloc(strlen(line) + 1), *to = text;
	const char *at = line + 1;

	*rest = line;
	if (*line != '"' && *line != '\'')
		return NULL;
	for (; *at != *line; at++) {
		if (*at == '\\' && at[1])
			at++;
		if (!*at)
			return NULL;
		*to++ = *at;
	}
	*to = 0;
	*rest = at + 1;
	return text;
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
			file_scan(scan->symbols, kconfig_path_meant(path), scan);
		return;
	}
	scan_attribute(scan, word, rest);
}

/* false after an error: files that source themselves, or that aren't text */
static bool file_check(const char *path, const char *real_path, const struct scan *outer)
{
	struct position where = {.file = outer ? outer->path : path, .line = outer ? outer->line : 0, .column = outer ? 1 : 0};
	struct stat status;

	if (stat(real_path, &status))
		return false;
	if (!S_ISREG(status.st_mode) || status.st_size > KCONFIG_SIZE_MAX) {
		error_at(where, "\"%s\" is not a file of text; accepted is a Kconfig file of at most %d bytes", path, KCONFIG_SIZE_MAX);
		return false;
	}
	for (const struct scan *scan = outer; scan; scan = scan->outer)
		if (!strcmp(scan->real_path, real_path)) {
			error_at(where, "\"%s\" sources itself; accepted are files that don't", path);
			return false;
		}
	return true;
}

/* a file sourced more than once is read once, which is enough for messages */
static void file_scan(struct symbols *symbols, const char *path, const struct scan *outer)
{
	struct scan scan = {.symbols = symbols, .path = path, .real_path = realpath(path, NULL), .outer = outer};
	char *text, *lines, *line;

	if (!scan.real_path || !file_check(path, scan.real_path, outer) || strings_contain(&symbols->paths, scan.real_path))
		return;
	strings_add(&symbols->paths, scan.real_path);
	text = file_read(path, NULL);
	if (!text)
		return;
	strings_add(&symbols->texts, text);
	lines = str_copy(text, strlen(text));
	while ((line = strsep(&lines, "\n"))) {
		size_t indent = strspn(line, " \t\r");
		size_t length = strlen(line);

		scan.line++;
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
}

void symbols_read(struct symbols *symbols, const char *path)
{
	file_scan(symbols, path, NULL);
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

		if (!setting_parse(line, &setting))
			continue;
		if (strcmp(setting.value, "n"))
			*LIST_ADD(config->settings, config->setting_count) = setting;
		else
			strings_add(&config->unset, setting.symbol);
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

/* reports files that can't hold choices, in the words used for manifests; text ends in a NUL that length doesn't count */
static bool choices_check(const char *path, const char *text, size_t length)
{
	struct position where = {path, 1, 1};
	const char *nul = memchr(text, 0, length);

	if (length >= 2 && (!memcmp(text, "\xff\xfe", 2) || !memcmp(text, "\xfe\xff", 2)))
		error_at(where, "UTF-16 text; choices are UTF-8 text");
	else if (str_starts(text, "\xef\xbb\xbf"))
		error_at(where, "byte order mark; choices begin with their first line");
	else if (nul)
		error_at((struct position){.file = path}, "NUL byte; choices are UTF-8 text");
	else
		return true;
	return false;
}

static void choices_read(struct asked *asked, const char *path, bool needed)
{
	struct stat status;
	char *lines, *line;
	size_t length;

	if (!stat(path, &status) && !S_ISDIR(status.st_mode) && (!S_ISREG(status.st_mode) || status.st_size > KCONFIG_SIZE_MAX)) {
		error_at((struct position){path, 0, 0}, "not a file of text; accepted is one of at most %d bytes", KCONFIG_SIZE_MAX);
		return;
	}
	lines = file_read(path, &length);
	if (!lines) {
		if (needed || errno != ENOENT)
			error_at((struct position){path, 0, 0}, "%s; accepted is a file of choices", strerror(errno));
		return;
	}
	if (!choices_check(path, lines, length))
		return;
	for (unsigned number = 1; (line = strsep(&lines, "\n")); number++) {
		struct setting setting = {.where = {path, number, 1}};

		length = strlen(line);
		while (length && strchr(" \t\r", line[length - 1]))
			line[--length] = 0;
		if (!text_is_utf8(line))
			error_at(setting.where, "\"%s\" is not UTF-8 text", line);
		else if (setting_parse(line, &setting))
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
	/* the manifest of an appliance has no folder where choices could be */
	if (manifest->choices || !manifest->usual_count)
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
	for (size_t i = 0; i < manifest->usual_count; i++)
		if (!asked_find(asked, asked->count, manifest->usual[i].symbol))
			*LIST_ADD(asked->usual, asked->usual_count) = manifest->usual[i];
}

void asked_print(FILE *file, const struct asked *asked)
{
	for (size_t i = 0; i < asked->usual_count; i++)
		setting_print(file, &asked->usual[i]);
	for (size_t i = 0; i < asked->count; i++)
		setting_print(file, &asked->settings[i]);
}

void asked_write(const struct asked *asked, const char *path)
{
	struct emit emit;

	emit_open(&emit, path);
	asked_print(emit.stream, asked);
	emit_close(&emit);
}
