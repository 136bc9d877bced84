/* SPDX-License-Identifier: ISC */
/*
 * document.h -- JSON that a user wrote, with errors that give the position
 *
 * A place is a path as in locate.h: ".devices[1].type", with '@' at the end the
 * key itself. NULL is the whole file.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <jansson.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/strings.h"

/* After this many errors in one file, more are rarely useful. */
#define DOCUMENT_ERRORS_MAX 20

struct document {
	const char *path;       /* of the file, for messages */
	const char *text;
	json_t *root;
	unsigned errors;
};

/*
 * Parses text, which ends in a NUL that length doesn't count. False after an error
 * that makes the document unusable; least is suggested if the text is empty.
 */
bool document_parse(struct document *document, const char *path, const char *text, size_t length, const char *least);

/* reports an error at a place; counts, and falls silent after DOCUMENT_ERRORS_MAX */
void document_error(struct document *document, const char *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

struct position document_position(const struct document *document, const char *place);

/* the place of a key's value inside the object at place */
char *document_place(const char *place, const char *key);

/* a value as JSON text */
char *document_text(const json_t *value);

/* a value for a message: "text", 42, true, null; "a list" and "an object" for the rest; long text is cut */
char *document_quote(const json_t *value);

/* the same for a string that is not a value */
char *document_quote_text(const char *text);

/* reports each key of the object at place that is not among the known ones, the nearest suggested */
void document_keys(struct document *document, const json_t *object, const char *place, const struct strings *known);

#endif
