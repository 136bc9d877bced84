/* SPDX-License-Identifier: ISC */
/* message.c -- the monitor's messages, on stderr; there are none unless something is wrong */
#include "core.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "monitor.h"

static const char *called;              /* the file's name; NULL: not known */

struct line {
	char text[512];
	size_t length;
	unsigned char more, least;      /* of a UTF-8 character: bytes that follow, and the smallest value of the next one */
};

/*
 * Names in a message may come from the guest: control characters must not reach a
 * terminal. U+0080 to U+009F are such, and so may be bytes from 0x80 that are not UTF-8.
 */
static void line_char(struct line *line, char character)
{
	unsigned char c = (unsigned char)character;

	if (line->more && c >= line->least && c < 0xc0) {
		line->more--;
		line->least = 0x80;
	} else if (c >= 0xc2 && c < 0xf5) {
		line->more = (unsigned char)(1 + (c >= 0xe0) + (c >= 0xf0));
		line->least = c == 0xc2 || c == 0xe0 ? 0xa0 : 0x80;
	} else {
		line->more = 0;
		if (c < ' ' || c >= 0x7f)
			c = '?';
	}
	if (line->length < sizeof(line->text) - 1)      /* room for the newline */
		line->text[line->length++] = (char)c;
}

static void line_string(struct line *line, const char *string)
{
	while (*string)
		line_char(line, *string++);
}

static void line_number(struct line *line, uint64_t number, unsigned base)
{
	char digits[24];
	unsigned count = 0;

	do
		digits[count++] = "0123456789abcdef"[number % base];
	while (number /= base);
	while (count)
		line_char(line, digits[--count]);
}

static void line_error(struct line *line, int error)
{
	const char *text = error_text(error);

	line_string(line, text ? text : "error ");
	if (!text)
		line_number(line, (uint64_t)error, 10);
}

/* %s, %c, %d, %u, %lu, %lx and %m; anything else is printed as it stands */
static void line_format(struct line *line, const char *format, va_list args, int error)
{
	for (; *format; format++) {
		if (*format != '%') {
			line_char(line, *format);
		} else if (*++format == 's') {
			line_string(line, va_arg(args, const char *));
		} else if (*format == 'm') {
			line_error(line, error);
		} else if (*format == 'c') {
			line_char(line, (char)va_arg(args, int));
		} else if (*format == 'u') {
			line_number(line, va_arg(args, unsigned), 10);
		} else if (*format == 'd') {
			int number = va_arg(args, int);

			if (number < 0)
				line_char(line, '-');
			line_number(line, number < 0 ? -(uint64_t)number : (uint64_t)number, 10);
		} else if (*format == 'l') {
			uint64_t number = va_arg(args, unsigned long);

			line_number(line, number, *++format == 'x' ? 16 : 10);
		} else {
			line_char(line, *format);
		}
	}
}

void message_begin_with(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	const char *file = slash ? slash + 1 : path;

	/* anything longer than a file name would leave no room for the message */
	if (file && *file && strlen(file) <= NAME_MAX)
		called = file;
}

const char *message_name(void)
{
	return called ? called : appliance_name;
}

bool output_write(int descriptor, const void *text, size_t length)
{
	const char *at = text;

	while (length) {
		ssize_t written = write(descriptor, at, length);

		if (written >= 0) {
			at += written;
			length -= (size_t)written;
		} else if (errno == EAGAIN) {
			/* another user of the open file made it non-blocking; if poll fails, the next write reports why */
			ppoll(&(struct pollfd){.fd = descriptor, .events = POLLOUT}, 1, NULL, NULL);
		} else if (errno != EINTR) {
			return false;
		}
	}
	return true;
}

void message_write(const char *kind, const char *format, va_list args)
{
	struct line line = {.length = 0};
	size_t length = strlen(format);
	int error = errno;

	line_string(&line, message_name());
	line_string(&line, ": ");
	line_string(&line, kind);
	line_format(&line, format, args, error);
	if (error && length && format[length - 1] == ':') {
		line_char(&line, ' ');
		line_error(&line, error);
	}
	line.text[line.length++] = '\n';
	output_write(STDERR_FILENO, line.text, line.length);
}

void message(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message_write("", format, args);
	va_end(args);
}

void fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message_write("", format, args);
	va_end(args);
	_exit(1);
}
