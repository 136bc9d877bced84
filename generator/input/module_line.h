/* SPDX-License-Identifier: ISC */
/* module_line.h -- parses one line of a .mod file; private to the module reader */
#ifndef MODULE_LINE_H
#define MODULE_LINE_H

#include <stdint.h>

#include "base/diag.h"
#include "base/strings.h"

/* One line being read. A line has at most one error: after it, every line_ function fails quietly. */
struct line {
	const char *path;
	unsigned number;
	const char *text;       /* without its newline */
	const char *at;         /* what comes next */
	bool failed;
	const char *condition;  /* by line_end: SYMBOL of "if SYMBOL", or NULL */
	const char *condition_at;
	const char *comment;    /* by line_end: without '#' and blanks around, or NULL */
};

/* the position of text of this line in the file */
struct position line_position(const struct line *line, const char *at);

/* reports an error at a place in this line; always returns NULL */
void *line_error(struct line *line, const char *at, const char *format, ...) PRINTF_LIKE(3);

/* reports: unknown KIND "word"; did you mean "x"? -- or what is accepted, if nothing is similar; word was just read */
void *line_unknown(struct line *line, const char *at, const char *kind, const char *word,
		   const struct strings *accepted);

/* skips blanks; returns what comes next */
const char *line_skip(struct line *line);

/* true if only "if SYMBOL" or a comment may follow */
bool line_done(struct line *line);

/* reads a given character or word if it comes next */
bool line_take(struct line *line, char character);
bool line_take_word(struct line *line, const char *word);

/* the same, but it is required; what describes it: "'(' and the parameters" */
bool line_expect(struct line *line, char character, const char *what);

/* the run of letters, digits and '_' or, if there is none, of other characters up to a blank; "" at the line's end */
const char *line_word(struct line *line);

/* what comes next, for messages, without taking it: the word in quotes, or "the end of the line" without */
const char *line_next(struct line *line);

/* a C identifier, NULL after an error; what is "name of the hypercall" */
const char *line_identifier(struct line *line, const char *what);    /* any case */
const char *line_name(struct line *line, const char *what);          /* lower case */
const char *line_capitals(struct line *line, const char *what);      /* upper case */

/* 42 or 0x2a */
bool line_number(struct line *line, const char *what, uint64_t *value);

/* takes characters up to a blank, '#' or one of stop; NULL if there are none */
const char *line_run(struct line *line, const char *stop);

/* takes "if SYMBOL", the comment and the end; false after an error */
bool line_end(struct line *line);

/* true if word is a lower-case C identifier, no keyword of C and none of its headers' names */
bool word_is_name(const char *word);

#endif
