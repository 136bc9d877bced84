/* SPDX-License-Identifier: ISC */
/* metrics/request.c -- judges a request: GET of /metrics, HTTP/1.1, one Host, no body */
#include "request.h"

#include <stdbool.h>
#include <string.h>

enum {
	PART = 0, OK = 200, BAD_REQUEST = 400, NOT_FOUND = 404, NOT_ALLOWED = 405, TOO_LONG = 431, OTHER_VERSION = 505,
};

static bool starts(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

/* printable ASCII, and line ends of two bytes, of which the last may be on its way */
static bool text_is_valid(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		bool valid = c == '\r' ? i + 1 == length || text[i + 1] == '\n' : c == '\n' ? i && text[i - 1] == '\r' : c >= ' ' && c < 0x7f;

		if (!valid)
			return false;
	}
	return true;
}

/* how long the head is, with the empty line that ends it; 0: it isn't complete */
static size_t head_length(const char *text, size_t length)
{
	for (size_t i = 0; i + 4 <= length; i++)
		if (!memcmp(text + i, "\r\n\r\n", 4))
			return i + 4;
	return 0;
}

/* a name of a method or a field: RFC 9110, token */
static size_t token_length(const char *text)
{
	size_t i = 0;

	while ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= '0' && text[i] <= '9') ||
	       (text[i] && strchr("!#$%&'*+-.^_`|~", text[i])))
		i++;
	return i;
}

static unsigned line_judge(const char *line)
{
	size_t method = token_length(line), target, path;
	const char *version;

	if (!method || line[method] != ' ' || line[method + 1] != '/')
		return BAD_REQUEST;
	target = strcspn(line + method + 1, " \r");
	path = strcspn(line + method + 1, "? \r");
	version = line + method + 1 + target;
	if (!starts(version, " HTTP/"))
		return BAD_REQUEST;
	if (!starts(version, " HTTP/1.1\r"))
		return OTHER_VERSION;
	if (path != 8 || !starts(line + method + 1, "/metrics"))
		return NOT_FOUND;
	return method == 3 && starts(line, "GET") ? OK : NOT_ALLOWED;
}

/* name is in small letters */
static bool field_is(const char *line, size_t length, const char *name)
{
	size_t i = 0;

	if (length != strlen(name))
		return false;
	while (i < length && (line[i] | 0x20) == name[i])
		i++;
	return i == length;
}

/* the fields of the head, which end with an empty line; text is behind the request line */
static bool fields_are_valid(const char *text)
{
	unsigned hosts = 0;

	while (*text != '\r') {
		size_t name = token_length(text);

		if (!name || text[name] != ':' || field_is(text, name, "content-length") || field_is(text, name, "transfer-encoding"))
			return false;
		hosts += field_is(text, name, "host");
		text += strcspn(text, "\n") + 1;
	}
	return hosts == 1;
}

unsigned request_judge(const char *text, size_t length)
{
	size_t head = head_length(text, length);
	unsigned status;

	if (!text_is_valid(text, length) || (head && head != length))
		return BAD_REQUEST;
	if (!head)
		return length < REQUEST_MOST ? PART : TOO_LONG;
	status = line_judge(text);
	return status == BAD_REQUEST || status == OTHER_VERSION || fields_are_valid(text + strcspn(text, "\n") + 1) ? status : BAD_REQUEST;
}
