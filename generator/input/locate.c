/* SPDX-License-Identifier: ISC */
/*
 * locate.c -- finds the line and column of a value in JSON text
 *
 * Every step stops at the terminating NUL, so that malformed text can't lead beyond
 * it. For such text only the tokens matter.
 */
#include "input/locate.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *skip_space(const char *c)
{
	return c + strspn(c, " \t\r\n");
}

/* c is at the opening quote; an unterminated string ends with its line */
static const char *skip_string(const char *c)
{
	for (c++; *c && *c != '\n'; c++) {
		if (*c == '"')
			return c + 1;
		if (*c == '\\' && c[1] && c[1] != '\n')
			c++;
	}
	return c;
}

static const char *skip_token(const char *c)
{
	if (*c == '"')
		return skip_string(c);
	if (*c && strchr("{}[],:", *c))
		return c + 1;
	return c + strcspn(c, " \t\r\n{}[],:\"");
}

static const char *skip_value(const char *c)
{
	size_t depth = 0;

	do {
		c = skip_space(c);
		if (*c == '{' || *c == '[')
			depth++;
		else if ((*c == '}' || *c == ']') && depth)
			depth--;
		c = skip_token(c);
	} while (depth && *c);
	return c;
}

/* the text of the string token from start to end, escapes resolved */
static char *decode_string(const char *start, const char *end)
{
	json_t *string = json_loadb(start, (size_t)(end - start), JSON_DECODE_ANY, NULL);
	char *text = str_copy("", 0);

	if (json_is_string(string)) {
		free(text);
		text = str_copy(json_string_value(string), json_string_length(string));
	}
	json_decref(string);
	return text;
}

static bool key_equals(const char *start, const char *end, const char *wanted)
{
	size_t length = (size_t)(end - start);
	char *key;
	bool equal;

	if (!memchr(start, '\\', length))
		return length == strlen(wanted) + 2 && !memcmp(start + 1, wanted, length - 2);
	key = decode_string(start, end);
	equal = !strcmp(key, wanted);
	free(key);
	return equal;
}

/* the value of a key in the object at c, and where the key is; NULL if there is none */
static const char *find_member(const char *c, const char *wanted, const char **key)
{
	const char *found = NULL;

	if (*c != '{')
		return NULL;
	c = skip_space(c + 1);
	while (*c == '"') {
		const char *start = c, *end = skip_string(c);

		c = skip_space(end);
		if (*c == ':')
			c = skip_space(c + 1);
		if (key_equals(start, end, wanted)) {
			found = c;
			*key = start;
		}
		c = skip_space(skip_value(c));
		if (*c == ',')
			c = skip_space(c + 1);
	}
	return found;
}

static const char *find_element(const char *c, unsigned long index)
{
	if (*c != '[')
		return NULL;
	c = skip_space(c + 1);
	for (; *c && *c != ']'; index--) {
		if (!index)
			return c;
		c = skip_space(skip_value(c));
		if (*c == ',')
			c = skip_space(c + 1);
	}
	return NULL;
}

struct position locate(const char *file, const char *text, const char *path)
{
	const char *value = skip_space(text), *key = NULL;

	while (value && *path && *path != '@') {
		if (*path == '[') {
			char *end;
			unsigned long index = strtoul(path + 1, &end, 10);

			value = find_element(value, index);
			key = NULL;
			path = *end == ']' ? end + 1 : end;
		} else {
			const char *end = path + 1 + strcspn(path + 1, ".[@");
			char *wanted;

			if (path[1] == '"') {
				end = skip_string(path + 1);
				wanted = decode_string(path + 1, end);
			} else {
				wanted = str_copy(path + 1, (size_t)(end - path - 1));
			}
			value = find_member(value, wanted, &key);
			free(wanted);
			path = end;
		}
	}
	if (*path == '@')
		value = value ? key : NULL;
	if (!value)
		return (struct position){.file = file};
	return locate_place(file, text, value);
}

const char *locate_token(const char *text, size_t offset)
{
	const char *token = skip_space(text), *last = text + offset;

	for (;;) {
		const char *next = skip_space(skip_token(token));

		if (!*next || next >= last)
			return token;
		token = next;
	}
}

size_t locate_token_length(const char *place)
{
	return (size_t)(skip_token(place) - place);
}

struct position locate_place(const char *file, const char *text, const char *place)
{
	struct position where = {.file = file, .line = 1, .column = 1};

	for (; text < place; text++) {
		if (*text == '\n') {
			where.line++;
			where.column = 1;
		} else if ((*text & 0xc0) != 0x80) {
			/* not the second or later byte of a UTF-8 character */
			where.column++;
		}
	}
	return where;
}
