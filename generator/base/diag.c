/* SPDX-License-Identifier: ISC */
/* diag.c -- errors and warnings, as users see them */
#include "base/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "base/terminal.h"

const char *diag_program = "ukgen";

static unsigned errors;

/* names of symbols, archive members and files may hold anything */
static void format_print(const char *format, va_list args)
{
	char *text;

	if (vasprintf(&text, format, args) < 0)
		return;
	fputs(printable(text), stderr);
	free(text);
}

static void position_print(struct position where)
{
	fprintf(stderr, "%s: %s:", diag_program, printable(where.file));
	if (where.line)
		fprintf(stderr, "%u:%u:", where.line, where.column);
}

void error_at(struct position where, const char *format, ...)
{
	va_list args;

	terminal_color_error();
	position_print(where);
	terminal_color_end();
	fputc(' ', stderr);
	va_start(args, format);
	format_print(format, args);
	va_end(args);
	fputc('\n', stderr);
	errors++;
}

void warning_at(struct position where, const char *format, ...)
{
	va_list args;

	terminal_color_warning();
	position_print(where);
	fputs(" warning:", stderr);
	terminal_color_end();
	fputc(' ', stderr);
	va_start(args, format);
	format_print(format, args);
	va_end(args);
	fputc('\n', stderr);
}

unsigned error_count(void)
{
	return errors;
}

void errors_exit(void)
{
	if (errors)
		exit(1);
}

void fatal(const char *format, ...)
{
	int error = errno;
	size_t length = strlen(format);
	va_list args;

	terminal_color_error();
	fprintf(stderr, "%s:", diag_program);
	terminal_color_end();
	fputc(' ', stderr);
	va_start(args, format);
	format_print(format, args);
	va_end(args);
	if (length && format[length - 1] == ':')
		fprintf(stderr, " %s", strerror(error));
	fputc('\n', stderr);
	exit(1);
}
