/* SPDX-License-Identifier: ISC */
/*
 * start.c -- starts an OCaml program whose objects were compiled for Linux and the GNU C library
 *
 * Debian's OCaml runtime calls these names of that library, which musl doesn't have.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void caml_startup(char **argv);
int __fprintf_chk(FILE *file, int flag, const char *format, ...);
int __vfprintf_chk(FILE *file, int flag, const char *format, va_list arguments);
int __snprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, ...);
int __vsnprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, va_list arguments);
int __isoc99_sscanf(const char *text, const char *format, ...);
char *secure_getenv(const char *name);

int __fprintf_chk(FILE *file, int flag, const char *format, ...)
{
	va_list arguments;
	int length;

	(void)flag;
	va_start(arguments, format);
	length = vfprintf(file, format, arguments);
	va_end(arguments);
	return length;
}

int __vfprintf_chk(FILE *file, int flag, const char *format, va_list arguments)
{
	(void)flag;
	return vfprintf(file, format, arguments);
}

int __snprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, ...)
{
	va_list arguments;
	int length;

	(void)flag, (void)room;
	va_start(arguments, format);
	length = vsnprintf(text, size, format, arguments);
	va_end(arguments);
	return length;
}

int __vsnprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, va_list arguments)
{
	(void)flag, (void)room;
	return vsnprintf(text, size, format, arguments);
}

int __isoc99_sscanf(const char *text, const char *format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsscanf(text, format, arguments);
	va_end(arguments);
	return count;
}

char *secure_getenv(const char *name)
{
	return getenv(name);
}

int main(int count, char **words)
{
	(void)count;
	caml_startup(words);
	return 0;
}
