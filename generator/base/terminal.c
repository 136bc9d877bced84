/* SPDX-License-Identifier: ISC */
/* terminal.c -- control sequences of ECMA-48 on standard error, if that is a terminal */
#include "base/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_DEFAULT = 80 };

static bool shown;

bool terminal_is_there(void)
{
	const char *kind = getenv("TERM");

	return kind && *kind && strcmp(kind, "dumb") && isatty(STDERR_FILENO);
}

static void color(const char *sequence)
{
	const char *without = getenv("NO_COLOR");

	if ((!without || !*without) && terminal_is_there())
		fputs(sequence, stderr);
}

void terminal_color_error(void)
{
	color("\033[1;31m");
}

void terminal_color_warning(void)
{
	color("\033[1;33m");
}

void terminal_color_end(void)
{
	color("\033[m");
}

/* the longest beginning of UTF-8 text that has so many characters */
static size_t beginning(const char *text, unsigned characters)
{
	size_t i = 0;

	for (; text[i]; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80 && !characters--)
			break;
	return i;
}

void terminal_progress(const char *text)
{
	struct winsize size;
	unsigned width = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col ? WIDTH_DEFAULT : size.ws_col;

	if (!terminal_is_there())
		return;
	/* the last column stays free: a character there may begin a new line */
	fprintf(stderr, "\r%.*s\033[K", (int)beginning(text, width - 1), text);
	fflush(stderr);
	shown = true;
}

void terminal_clear(void)
{
	if (shown)
		fputs("\r\033[K", stderr);
	shown = false;
}
