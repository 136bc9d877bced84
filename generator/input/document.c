/* SPDX-License-Identifier: ISC */
/*
 * document.c -- JSON that a user wrote, with errors that give the position
 *
 * jansson reports what is wrong, and the byte after which it is. This file finds the
 * beginning of the token and guesses what the user meant.
 */
#include "input/document.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "input/locate.h"

#define QUOTE_LENGTH_MAX 80

static void report(struct document *document, struct position where, const char *message)
{
	document->errors++;
	if (document->errors <= DOCUMENT_ERRORS_MAX)
		error_at(where, "%s", message);
	else if (document->errors == DOCUMENT_ERRORS_MAX + 1)
		error_at((struct position){.file = document->path}, "more errors are not shown; correct these first");
}

void document_error(struct document *document, const char *place, const char *format, ...)
{
	struct position where = {.file = document->path};
	va_list args;
	char *message;

	/* finding the position takes time, so only for errors that are shown */
	if (document->errors < DOCUMENT_ERRORS_MAX)
		where = document_position(document, place);
	va_start(args, format);
	if (vasprintf(&message, format, args) < 0)
		fatal("out of memory");
	va_end(args);
	report(document, where, message);
	free(message);
}

struct position document_position(const struct document *document, const char *place)
{
	if (!place)
		return (struct position){.file = document->path};
	return locate(document->path, document->text, place);
}

/* cuts after the last whole character of the first length bytes */
static size_t cut_length(const char *text, size_t length)
{
	while (length && (text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

char *document_text(const json_t *value)
{
	size_t length = json_dumpb(value, NULL, 0, JSON_ENCODE_ANY | JSON_COMPACT);
	char *text = mem_zalloc(length + 1);

	json_dumpb(value, text, length, JSON_ENCODE_ANY | JSON_COMPACT);
	return text;
}

char *document_quote(const json_t *value)
{
	char *text;

	if (json_is_array(value))
		return str_format("a list");
	if (json_is_object(value))
		return str_format("an object");
	text = document_text(value);
	if (strlen(text) > QUOTE_LENGTH_MAX)
		strcpy(text + cut_length(text, QUOTE_LENGTH_MAX - 4), "...\"");
	return text;
}

char *document_quote_text(const char *text)
{
	json_t *string = json_string(text);
	char *quoted = document_quote(string);

	json_decref(string);
	return quoted;
}

char *document_place(const char *place, const char *key)
{
	json_t *string = json_string(key);
	char *inner = str_format("%s.%s", place, document_text(string));

	json_decref(string);
	return inner;
}

void document_keys(struct document *document, const json_t *object, const char *place, const struct strings *known)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		const char *nearest = str_nearest(key, known);

		if (!strings_contain(known, key))
			document_error(document, str_format("%s@", document_place(place, key)), "unknown key %s; %s",
				       document_quote_text(key),
				       nearest ? str_format("did you mean \"%s\"?", nearest) :
						 str_format("accepted are \"%s\"", str_join(known, "\", \"")));
	}
}

/* a token for a message: shortened and printable */
static char *token_text(const char *token, bool valid)
{
	size_t length = locate_token_length(token);
	bool cut = length > QUOTE_LENGTH_MAX;
	char *text = str_copy(token, cut ? cut_length(token, QUOTE_LENGTH_MAX - 4) : length);

	for (char *c = text; *c && !valid; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	if (cut)
		return str_format(*text == '"' ? "%s...\"" : "\"%s...\"", text);
	return str_format(*text == '"' ? "%s" : "\"%s\"", text);
}

/* what is accepted, by prefix of jansson's message */
static const struct {
	const char *error, *accepted;
} accepted[] = {
	{"unable to decode", "a manifest is UTF-8 text"},
	{"too big", "whole numbers go from -9223372036854775808 to 9223372036854775807"},
	{"real number overflow", "no number in a manifest is so large"},
	{"maximum parsing depth", "nothing in a manifest is nested so deeply"},
	{"end of file expected", "a manifest is one object"},
	{"invalid escape", "accepted are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"},
	{"invalid Unicode", "accepted are \\u0001 to \\uffff, surrogates in pairs"},
	{"unexpected newline", "text ends with a double quote in its own line"},
	{"control character", "inside text it is written as \\uXXXX"},
	{"':' expected", "a key is followed by ':' and its value"},
	{"'}' expected", "entries are separated by commas"},
	{"']' expected", "entries are separated by commas"},
	{"string or '}' expected", "keys stand in double quotes"},
	/* "invalid token", "unexpected token" */
	{"", "values are \"text\", 42, true, false, null, [list] and {object}"},
};

/* guesses for common mistakes */
static const char *syntax_hint(const char *text, const char *token, const char *error)
{
	const char *before = token;
	size_t i = 0;

	while (before > text && strchr(" \t\r\n", before[-1]))
		before--;
	if (strchr("]}", *token) && before > text && before[-1] == ',')
		return "no comma follows the last entry";
	if (*token == '/' || *token == '#')
		return "JSON has no comments";
	if (*token == '\'')
		return "text stands in double quotes";
	while (!str_starts(error, accepted[i].error))
		i++;
	return accepted[i].accepted;
}

static char *syntax_message(const char *text, const char *token, const json_error_t *error)
{
	const char *near = strstr(error->text, " near ");
	char *problem = str_copy(error->text, near ? (size_t)(near - error->text) : strlen(error->text));

	switch (json_error_code(error)) {
	case json_error_duplicate_key:
		return str_format("duplicate key %s; a key may be given once", token_text(token, true));
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return str_format("NUL character in %s; every other character is accepted", token_text(token, true));
	case json_error_premature_end_of_input:
		return str_format("the text ends after %s: %s; is a bracket or a quote left open?", token_text(token, false),
				  problem);
	default:
		return str_format("not valid JSON at %s: %s; %s", token_text(token, false), problem,
				  syntax_hint(text, token, problem));
	}
}

static void syntax_error(struct document *document, const json_error_t *error)
{
	const char *token = locate_token(document->text, (size_t)error->position);

	report(document, locate_place(document->path, document->text, token),
	       syntax_message(document->text, token, error));
}

/* errors that jansson reports misleadingly or not at all */
static bool text_check(struct document *document, size_t length, const char *least)
{
	const char *text = document->text, *nul = memchr(text, 0, length);

	if (length >= 2 && (!memcmp(text, "\xff\xfe", 2) || !memcmp(text, "\xfe\xff", 2)))
		report(document, locate_place(document->path, text, text), "UTF-16 text; a manifest is UTF-8 text");
	else if (str_starts(text, "\xef\xbb\xbf"))
		report(document, locate_place(document->path, text, text), "byte order mark; a manifest begins with \"{\"");
	else if (nul)
		report(document, locate_place(document->path, text, nul), "NUL byte; a manifest is UTF-8 text");
	else if (text[strspn(text, " \t\r\n")] == 0)
		report(document, (struct position){.file = document->path},
		       str_format("no text in the file; the least manifest is %s", least));
	return !document->errors;
}

bool document_parse(struct document *document, const char *path, const char *text, size_t length, const char *least)
{
	json_error_t error;

	*document = (struct document){.path = path, .text = text};
	if (!text_check(document, length, least))
		return false;
	document->root = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!document->root) {
		syntax_error(document, &error);
		/* a duplicate key doesn't keep the rest from being checked */
		if (json_error_code(&error) == json_error_duplicate_key)
			document->root = json_loadb(text, length, JSON_DECODE_ANY, NULL);
	}
	return document->root;
}
