/* SPDX-License-Identifier: ISC */
/*
 * kconfig_compare.c -- reports where .config differs from what was requested, and why
 *
 * kconfig-conf drops unknown symbols, resets values that are out of range and
 * only warns about unmet dependencies, all with exit status 0.
 */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/strings.h"
#include "base/text.h"
#include "input/kconfig_parts.h"

struct compare {
	const struct kconfig *kconfig;
	const struct symbols *symbols;
	const struct config *config;
};

static const char *value_or(const struct config *config, const char *symbol, const char *otherwise)
{
	const char *value = config_value(config, symbol);

	return value ? value : otherwise;
}

static bool is_bool(const struct symbol *symbol)
{
	return !strcmp(symbol->type, "bool") || !strcmp(symbol->type, "tristate");
}

static void report_unknown(const struct compare *compare, const struct setting *asked)
{
	struct strings names = {0};
	const char *nearest;

	for (size_t i = 0; i < compare->symbols->count; i++)
		if (compare->symbols->items[i].prompt)
			strings_add(&names, compare->symbols->items[i].name);
	nearest = str_nearest(asked->symbol, &names);
	if (nearest)
		error_at(asked->where, "unknown Kconfig symbol \"%s\"; did you mean \"%s\"?", asked->symbol, nearest);
	else
		error_at(asked->where, "unknown Kconfig symbol \"%s\"; accepted are those that ukgen menuconfig shows",
			 asked->symbol);
}

/* why a value that doesn't fit the symbol's type or range is refused; NULL if it fits */
static char *explain_value(const struct compare *compare, const struct symbol *symbol, const struct setting *asked)
{
	bool manifest = asked->where.file == compare->kconfig->manifest->path;
	bool hex = !strcmp(symbol->type, "hex");
	char *end;

	if (is_bool(symbol)) {
		if (strcmp(asked->value, "y") && strcmp(asked->value, "n"))
			return str_format("it is a bool; accepted are %s", manifest ? "true and false" : "y and n");
	} else if (hex || !strcmp(symbol->type, "int")) {
		strtoll(asked->value, &end, hex ? 16 : 10);
		if (*end || end == asked->value)
			return str_format("it is %s; accepted is a %snumber%s%s", hex ? "hex" : "an int", hex ? "0x " : "",
					  symbol->range ? " from " : "", symbol->range ? symbol->range : "");
		if (symbol->range && symbol->prompt && !symbol->depends.count)
			return str_format("it is out of range; accepted are %s", symbol->range);
	} else if (!strcmp(symbol->type, "string") && *asked->value != '"') {
		return str_format("it is a string; accepted is text in quotes");
	}
	return NULL;
}

/* the alternatives of the same choice that are y in .config; or all of them */
static char *alternatives(const struct compare *compare, unsigned choice, bool chosen)
{
	struct strings names = {0};

	for (size_t i = 0; i < compare->symbols->count; i++) {
		const struct symbol *symbol = &compare->symbols->items[i];

		if (symbol->choice == choice && (!chosen || config_value(compare->config, symbol->name)))
			strings_add(&names, symbol->name);
	}
	return str_join(&names, ", ");
}

/* the symbols that are y and select this one */
static char *selectors(const struct compare *compare, const char *name)
{
	struct strings names = {0};

	for (size_t i = 0; i < compare->symbols->count; i++) {
		const struct symbol *symbol = &compare->symbols->items[i];

		if (strings_contain(&symbol->selects, name) && config_value(compare->config, symbol->name))
			strings_add(&names, symbol->name);
	}
	return names.count ? str_join(&names, ", ") : NULL;
}

static const struct need *need_find(const struct kconfig *kconfig, const char *symbol)
{
	for (size_t i = 0; i < kconfig->need_count; i++)
		if (!strcmp(kconfig->needs[i].symbol, symbol))
			return &kconfig->needs[i];
	return NULL;
}

static char *explain(const struct compare *compare, const struct symbol *symbol, const struct setting *asked)
{
	const struct need *need = need_find(compare->kconfig, symbol->name);
	char *value = explain_value(compare, symbol, asked);
	char *selected = selectors(compare, symbol->name);

	if (value)
		return value;
	if (need)
		return str_format("it is needed (%s); leave it out", need->cause);
	if (is_bool(symbol) && !strcmp(asked->value, "n") && selected)
		return str_format("it is selected by %s; turn that off instead", selected);
	if (!symbol->prompt)
		return str_format("it can't be chosen, it follows from others; leave it out");
	if (symbol->choice && *alternatives(compare, symbol->choice, true))
		return str_format("the choice fell on %s; accepted is one of %s",
				  alternatives(compare, symbol->choice, true),
				  alternatives(compare, symbol->choice, false));
	if (symbol->depends.count)
		return str_format("it depends on %s; turn that on too or leave it out",
				  str_join(&symbol->depends, " and "));
	return str_format("Kconfig has another rule for it; leave it out or see the symbol's Kconfig file");
}

static void compare_asked(const struct compare *compare, const struct setting *asked)
{
	const struct symbol *symbol = symbol_find(compare->symbols, asked->symbol);
	const char *got;

	if (!symbol) {
		report_unknown(compare, asked);
		return;
	}
	got = value_or(compare->config, asked->symbol, is_bool(symbol) ? "n" : "nothing");
	if (strcmp(got, asked->value))
		error_at(asked->where, "%s=%s was requested, but the result is %s: %s", asked->symbol, asked->value, got,
			 explain(compare, symbol, asked));
}

/* warning: (A && B) selects X which has unmet direct dependencies (EXPRESSION) */
static void compare_unmet(const struct compare *compare, char *line)
{
	static const char selects[] = " selects ", unmet[] = " which has unmet direct dependencies (";
	char *symbol = strstr(line, selects), *expression = strstr(line, unmet);
	struct position where = {compare->kconfig->manifest->path, 0, 0};
	const struct need *need;

	if (!symbol || !expression || expression < symbol)
		return;
	symbol = str_copy(symbol + strlen(selects), (size_t)(expression - symbol) - strlen(selects));
	expression = str_copy(expression + strlen(unmet), strlen(expression) - strlen(unmet) - 1);
	need = need_find(compare->kconfig, symbol);
	if (need)
		error_at(where, "%s is needed (%s), but it depends on %s; turn that on in \"config\"",
			 symbol, need->cause, expression);
	else
		error_at(where, "%s is selected by %s, but it depends on %s; turn that on in \"config\"",
			 symbol, selectors(compare, symbol), expression);
}

static void compare_need(const struct compare *compare, const struct need *need)
{
	struct position where = {compare->kconfig->manifest->path, 0, 0};

	if (!symbol_find(compare->symbols, need->symbol))
		error_at(where, "%s is needed (%s), but no Kconfig file declares it; accepted is a module with \"config %s\"",
			 need->symbol, need->cause, need->symbol);
	else if (strcmp(value_or(compare->config, need->symbol, "n"), "y"))
		error_at(where, "%s is needed (%s), but is off; accepted is a bool that can be selected",
			 need->symbol, need->cause);
}

void config_compare(const struct kconfig *kconfig, const struct symbols *symbols, const struct asked *asked,
		    const struct config *config, const char *output)
{
	const struct compare compare = {kconfig, symbols, config};
	char *lines = str_copy(output, strlen(output)), *line;

	for (size_t i = 0; i < asked->count; i++)
		compare_asked(&compare, &asked->settings[i]);
	for (size_t i = 0; i < kconfig->need_count; i++)
		compare_need(&compare, &kconfig->needs[i]);
	while ((line = strsep(&lines, "\n")))
		compare_unmet(&compare, line);
}
