/* SPDX-License-Identifier: ISC */
/* module_line.c -- parses one line of a .mod file */
#include "input/module_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

/* not <ctype.h>, which depends on the locale */
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
static bool is_word(char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_'; }

static const char *const c_keywords[] = {
	"asm", "auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
	"extern", "false", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return",
	"short", "signed", "sizeof", "static", "struct", "switch", "true", "typedef", "typeof", "union", "unsigned",
	"void", "volatile", "while",
};

/* types and macros of headers that generated sources include, or predefined by the compiler */
static const char *const c_names[] = {
	"errno", "int16_t", "int32_t", "int64_t", "int8_t", "intptr_t", "linux", "ptrdiff_t", "size_t", "uint16_t",
	"uint32_t", "uint64_t", "uint8_t", "uintptr_t", "unix",
};

struct position line_position(const struct line *line, const char *at)
{
	return (struct position){line->path, line->number, (unsigned)(at - line->text) + 1};
}

void *line_error(struct line *line, const char *at, const char *format, ...)
{
	va_list args;
	char *message;

	if (line->failed)
		return NULL;
	line->failed = true;
	va_start(args, format);
	if (vasprintf(&message, format, args) < 0)
		fatal("out of memory");
	va_end(args);
	error_at(line_position(line, at), "%s", message);
	free(message);
	return NULL;
}

void *line_unknown(struct line *line, const char *at, const char *kind, const char *word,
		   const struct strings *accepted)
{
	const char *nearest = str_nearest(word, accepted);
	char *list = str_copy("", 0);

	if (nearest && is_word(*word))
		return line_error(line, at, "unknown %s \"%s\"; did you mean \"%s\"?", kind, word, nearest);
	for (size_t i = 0; i < accepted->count; i++)
		list = str_format("%s%s%s", list,
				  i == 0 ? "" : i + 1 < accepted->count ? ", " : " and ", accepted->items[i]);
	if (!*word)
		return line_error(line, at, "the line ends before the %s; accepted are %s", kind, list);
	if (!is_word(*word))
		return line_error(line, at, "found \"%s\"; accepted are %s", word, list);
	return line_error(line, at, "unknown %s \"%s\"; accepted are %s", kind, word, list);
}

const char *line_skip(struct line *line)
{
	while (is_blank(*line->at))
		line->at++;
	return line->at;
}

/* length of the next word, which must consist of letters, digits and '_' */
static size_t word_length(const char *at)
{
	size_t length = 0;

	while (is_word(at[length]))
		length++;
	return length;
}

static bool next_is(const char *at, const char *word)
{
	return word_length(at) == strlen(word) && !strncmp(at, word, strlen(word));
}

bool line_done(struct line *line)
{
	const char *at = line_skip(line);

	return line->failed || !*at || *at == '#' || next_is(at, "if");
}

bool line_take(struct line *line, char character)
{
	if (line->failed || *line_skip(line) != character)
		return false;
	line->at++;
	return true;
}

bool line_take_word(struct line *line, const char *word)
{
	if (line->failed || !next_is(line_skip(line), word))
		return false;
	line->at += strlen(word);
	return true;
}

const char *line_next(struct line *line)
{
	const char *at = line_skip(line);
	const char *end = at + word_length(at);

	if (!*at || *at == '#')
		return "the end of the line";
	while (end == at || (!is_word(*at) && *end && !is_blank(*end) && *end != '#' && !is_word(*end)))
		end++;
	return str_format("\"%s\"", str_copy(at, (size_t)(end - at)));
}

bool line_expect(struct line *line, char character, const char *what)
{
	if (line_take(line, character))
		return true;
	line_error(line, line->at, "found %s; accepted is %s", line_next(line), what);
	return false;
}

const char *line_word(struct line *line)
{
	const char *start = line_skip(line);
	size_t length = word_length(start);

	if (!length)
		while (start[length] && !is_blank(start[length]) && start[length] != '#')
			length++;
	line->at += length;
	return str_copy(start, length);
}

static bool is_keyword(const char *word)
{
	return str_is_one_of(word, c_keywords, ARRAY_SIZE(c_keywords));
}

static bool is_taken(const char *word)
{
	return str_is_one_of(word, c_names, ARRAY_SIZE(c_names));
}

bool word_is_name(const char *word)
{
	if (!*word || is_digit(*word) || is_keyword(word) || is_taken(word))
		return false;
	for (; *word; word++)
		if (!is_word(*word) || is_upper(*word))
			return false;
	return true;
}

const char *line_identifier(struct line *line, const char *what)
{
	const char *start = line_skip(line);
	size_t length = word_length(start);
	const char *word;

	if (line->failed)
		return NULL;
	if (line_done(line) || !length)
		return line_error(line, start, "found %s; accepted is the %s", line_next(line), what);
	word = str_copy(start, length);
	if (is_digit(*word))
		return line_error(line, start, "\"%s\" begins with a digit; the %s is a C identifier", word, what);
	if (is_keyword(word))
		return line_error(line, start, "\"%s\" is a keyword of C; the %s is a C identifier", word, what);
	if (is_taken(word))
		return line_error(line, start, "\"%s\" is a name that C's headers give; choose another as the %s", word, what);
	line->at += length;
	return word;
}

const char *line_name(struct line *line, const char *what)
{
	const char *word = line_identifier(line, what);

	if (word && !word_is_name(word))
		return line_error(line, line->at - strlen(word),
				  "\"%s\" has capitals; the %s is a C identifier in lower case", word, what);
	return word;
}

const char *line_capitals(struct line *line, const char *what)
{
	const char *word = line_identifier(line, what);

	for (const char *c = word; c && *c; c++)
		if (is_lower(*c))
			return line_error(line, line->at - strlen(word),
					  "\"%s\" has small letters; the %s is in capitals: \"%s\"",
					  word, what, str_upper(word));
	return word;
}

bool line_number(struct line *line, const char *what, uint64_t *value)
{
	const char *start = line_skip(line);
	const char *word = str_copy(start, word_length(start));
	bool hex = str_starts(word, "0x");
	const char *c = hex ? word + 2 : word;

	if (line->failed)
		return false;
	*value = 0;
	if (!*c || (!hex && *c == '0' && c[1])) {
		line_error(line, start, "found %s; accepted is %s as a decimal or a 0x number", line_next(line), what);
		return false;
	}
	for (; *c; c++) {
		unsigned base = hex ? 16 : 10;
		unsigned digit = is_digit(*c) ? (unsigned)(*c - '0') :
				 *c >= 'a' && *c <= 'f' ? (unsigned)(*c - 'a') + 10 :
				 *c >= 'A' && *c <= 'F' ? (unsigned)(*c - 'A') + 10 : 99;

		if (digit >= base) {
			line_error(line, start, "\"%s\" is not a number; accepted is %s as a decimal or a 0x number",
				   word, what);
			return false;
		}
		if (__builtin_mul_overflow(*value, base, value) || __builtin_add_overflow(*value, digit, value)) {
			line_error(line, start, "%s is too large for 64 bits; accepted is %s", word, what);
			return false;
		}
	}
	line->at += strlen(word);
	return true;
}

const char *line_run(struct line *line, const char *stop)
{
	const char *start = line->at;

	if (line->failed)
		return NULL;
	while (*line->at && !is_blank(*line->at) && *line->at != '#' && !strchr(stop, *line->at))
		line->at++;
	return line->at > start ? str_copy(start, (size_t)(line->at - start)) : NULL;
}

bool line_end(struct line *line)
{
	const char *start, *end;

	if (line_take_word(line, "if")) {
		start = line_skip(line);
		line->condition_at = start;
		line->condition = line_capitals(line, "Kconfig symbol after \"if\"");
		if (line->condition && str_starts(line->condition, "CONFIG_"))
			line_error(line, start, "\"%s\" is a name in .config; accepted is the Kconfig symbol \"%s\"",
				   line->condition, line->condition + strlen("CONFIG_"));
	}
	start = line_skip(line);
	if (*start && *start != '#')
		line_error(line, start, "found %s; accepted here are \"if SYMBOL\", a comment and the end of the line",
			   line_next(line));
	if (line->failed)
		return false;
	if (*start == '#') {
		line->at++;
		start = line_skip(line);
		end = start + strlen(start);
		while (end > start && is_blank(end[-1]))
			end--;
		if (end > start)
			line->comment = str_copy(start, (size_t)(end - start));
	}
	return true;
}
