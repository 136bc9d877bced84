/* SPDX-License-Identifier: ISC */
/* verify_causes.c -- what two appliances record of why they differ; the first is hostile */
#include "command/verify_causes.h"

#include <stdio.h>
#include <string.h>

#include "base/printable.h"
#include "base/text.h"

static const char *string_of(const json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));

	return string ? string : "";
}

static const json_t *named(const json_t *list, const char *name)
{
	json_t *entry;
	size_t i;

	json_array_foreach(list, i, entry)
		if (!strcmp(string_of(entry, "name"), name))
			return entry;
	return NULL;
}

static void cause_print(bool *any, const char *name, const char *made, const char *here)
{
	if (!*any)
		printf("\nwhat it was made with, and what is here\n");
	*any = true;
	printf("  %-24s %s\n  %-24s %s\n", printable(name), printable(made), "", printable(here));
}

static char *cause_text(const json_t *entry)
{
	return entry ? str_format("%s%s%.16s", string_of(entry, "version"), *string_of(entry, "version") ? ", SHA-256 " : "SHA-256 ",
				  string_of(entry, "sha256")) : str_format("nothing");
}

/* tools or inputs, by name: what has another version or digest */
static void list_compare(bool *any, const json_t *made, const json_t *here)
{
	json_t *entry;
	size_t i;

	json_array_foreach(made, i, entry) {
		const json_t *other = named(here, string_of(entry, "name"));

		if (!other || strcmp(string_of(entry, "sha256"), string_of(other, "sha256")) ||
		    strcmp(string_of(entry, "version"), string_of(other, "version")))
			cause_print(any, string_of(entry, "name"), cause_text(entry), cause_text(other));
	}
	json_array_foreach(here, i, entry)
		if (!named(made, string_of(entry, "name")))
			cause_print(any, string_of(entry, "name"), "nothing", cause_text(entry));
}

static void settings_compare(bool *any, const json_t *made, const json_t *here)
{
	const char *symbol;
	json_t *value;

	json_object_foreach((json_t *)made, symbol, value)
		if (strcmp(string_of(made, symbol), json_object_get(here, symbol) ? string_of(here, symbol) : "n"))
			cause_print(any, symbol, string_of(made, symbol), string_of(here, symbol));
	json_object_foreach((json_t *)here, symbol, value)
		if (!json_object_get(made, symbol))
			cause_print(any, symbol, "not there", string_of(here, symbol));
}

bool causes_compare(const json_t *made, const json_t *here)
{
	bool any = false;

	list_compare(&any, json_object_get(made, "tools"), json_object_get(here, "tools"));
	list_compare(&any, json_object_get(made, "inputs"), json_object_get(here, "inputs"));
	settings_compare(&any, json_object_get(made, "config"), json_object_get(here, "config"));
	return any;
}
