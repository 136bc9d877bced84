/* SPDX-License-Identifier: ISC */
/*
 * response_file.c -- response files: words separated by white space, quoted by ' or ", characters escaped by a backslash
 *
 * Response files may include others, as deep as GCC allows.
 */
#include "solo5/response_file.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"

enum { DEPTH_MAX = 2000 };      /* response files of one command line, nested ones included */

static void expand(struct strings *list, const char *word, unsigned *files);

/* the next word of text, without its quotes and backslashes; NULL at the end */
static char *word_next(const char **text)
{
	const char *at = *text;
	char *word, *end, quote = 0;

	while (isspace((unsigned char)*at))
		at++;
	if (!*at)
		return NULL;
	word = end = mem_zalloc(strlen(at) + 1);
	for (; *at && (quote || !isspace((unsigned char)*at)); at++) {
		if (*at == '\\' && at[1])
			*end++ = *++at;
		else if (quote ? *at == quote : *at == '\'' || *at == '"')
			quote = quote ? 0 : *at;
		else
			*end++ = *at;
	}
	*text = at;
	return word;
}

static void expand_file(struct strings *list, const char *text, unsigned *files)
{
	char *word;

	while ((word = word_next(&text)))
		expand(list, word, files);
}

static void expand(struct strings *list, const char *word, unsigned *files)
{
	char *text = *word == '@' ? file_read(word + 1, NULL) : NULL;

	if (text && ++*files > DEPTH_MAX)
		fatal("%s: more than %d response files; one may name itself", word, DEPTH_MAX);
	if (text)
		expand_file(list, text, files);
	else
		strings_add(list, word);
}

void response_file_split(struct strings *list, const char *text)
{
	char *word;

	while ((word = word_next(&text)))
		strings_add(list, word);
}

void response_file_expand(struct strings *list, int count, char **words)
{
	unsigned files = 0;

	for (int i = 0; i < count; i++)
		expand(list, words[i], &files);
}

void response_file_write(const char *path, const struct strings *list)
{
	FILE *out = fopen(path, "w");

	if (!out)
		fatal("write %s:", path);
	for (size_t i = 0; i < list->count; i++) {
		fputc('"', out);
		for (const char *c = list->items[i]; *c; c++) {
			if (*c == '"' || *c == '\\')
				fputc('\\', out);
			fputc(*c, out);
		}
		fputs("\"\n", out);
	}
	if (fclose(out))
		fatal("write %s:", path);
}
