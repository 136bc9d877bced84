/* SPDX-License-Identifier: ISC */
/*
 * arguments.c -- takes Solo5's own arguments off the front of the command line
 *
 * --solo5:quiet and --solo5:debug choose how much Solo5's bindings say at the
 * start. These say nothing, so there is nothing to choose.
 */
#include "guest.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* what follows word at the front of line, or NULL if line begins otherwise */
static const char *behind(const char *line, const char *word)
{
	while (is_space(*line))
		line++;
	while (*word)
		if (*line++ != *word++)
			return NULL;
	if (*line && !is_space(*line))
		return NULL;
	while (is_space(*line))
		line++;
	return line;
}

const char *arguments_of_application(const char *line)
{
	for (;;) {
		const char *rest = behind(line, "--solo5:quiet");

		if (!rest)
			rest = behind(line, "--solo5:debug");
		if (!rest)
			return line;
		line = rest;
	}
}
