/* SPDX-License-Identifier: ISC */
/*
 * arguments.c -- takes Solo5's own arguments off the front of the command line
 *
 * They choose how much Solo5's bindings say at the start. These say nothing, so
 * there is nothing to choose.
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

/* the same for any of Solo5's words */
static const char *behind_any(const char *line)
{
	static const char words[][sizeof("--solo5:quiet")] = {
		"--solo5:quiet", "--solo5:error", "--solo5:warn", "--solo5:info", "--solo5:debug",
	};
	const char *rest = NULL;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && !rest; i++)
		rest = behind(line, words[i]);
	return rest;
}

const char *arguments_of_application(const char *line)
{
	const char *rest;

	while ((rest = behind_any(line)))
		line = rest;
	return line;
}
