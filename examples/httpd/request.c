/* SPDX-License-Identifier: ISC */
/* request.c -- reads HTTP/1.0 and HTTP/1.1 requests by RFC 9110 and 9112; refuses ambiguous ones */
#include "request.h"

#include <string.h>

/* a piece of the head */
struct span {
	const char *at, *end;
};

/* what the fields that matter here said */
struct fields {
	unsigned hosts;
	bool close, keep_alive, content;
};

size_t request_end(const char *text, size_t length, size_t *seen)
{
	/* the empty line may have begun in what was looked at before */
	size_t from = *seen > 3 ? *seen - 3 : 0;

	for (size_t i = from; i < length; i++) {
		if (text[i] != '\n')
			continue;
		if (i + 1 < length && text[i + 1] == '\n')
			return i + 2;
		if (i + 2 < length && text[i + 1] == '\r' && text[i + 2] == '\n')
			return i + 3;
	}
	*seen = length;
	return 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool span_is(struct span span, const char *word)
{
	return (size_t)(span.end - span.at) == strlen(word) && !memcmp(span.at, word, strlen(word));
}

static bool span_is_nocase(struct span span, const char *word)
{
	for (; *word && span.at < span.end; word++, span.at++)
		if (lower(*span.at) != lower(*word))
			return false;
	return !*word && span.at == span.end;
}

/* RFC 9110, 5.6.2 */
static bool is_token(char c)
{
	return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* takes characters up to stop, which is skipped; false if it doesn't come */
static bool span_take(struct span *rest, char stop, struct span *taken)
{
	const char *end = memchr(rest->at, stop, (size_t)(rest->end - rest->at));

	if (!end)
		return false;
	*taken = (struct span){rest->at, end};
	rest->at = end + 1;
	return true;
}

/* takes one line without its end, CR LF or LF */
static struct span line_take(struct span *rest)
{
	struct span line = {rest->at, rest->at};

	span_take(rest, '\n', &line);
	if (line.end > line.at && line.end[-1] == '\r')
		line.end--;
	return line;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* decodes the path of a target up to its query; 0 or a status */
static unsigned path_decode(char path[PATH_SIZE], struct span target)
{
	size_t length = 0;

	for (; target.at < target.end && *target.at != '?'; target.at++) {
		unsigned char c = (unsigned char)*target.at;

		if (c == '%') {
			int high = target.end - target.at > 2 ? hex_digit(target.at[1]) : -1;
			int low = high < 0 ? -1 : hex_digit(target.at[2]);

			if (low < 0 || !(high | low))
				return 400;
			c = (unsigned char)(high << 4 | low);
			target.at += 2;
		} else if (c <= ' ' || c >= 127) {
			return 400;
		}
		if (length == PATH_SIZE - 1)
			return 414;
		path[length++] = (char)c;
	}
	path[length] = 0;
	return 0;
}

/* "/path" or "http://host/path"; 0 or a status */
static unsigned target_parse(struct request *request, struct span target)
{
	static const char scheme[] = "http://";
	size_t length = sizeof(scheme) - 1;

	if ((size_t)(target.end - target.at) > length &&
	    span_is_nocase((struct span){target.at, target.at + length}, scheme)) {
		target.at += length;
		while (target.at < target.end && *target.at != '/')
			target.at++;
	}
	if (target.at == target.end || *target.at != '/')
		return 400;
	return path_decode(request->path, target);
}

static unsigned first_line_parse(struct request *request, struct span line, bool *old)
{
	static const char *const others[] = {"POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};
	struct span method, target;

	if (!span_take(&line, ' ', &method) || !span_take(&line, ' ', &target))
		return 400;
	request->head = span_is(method, "HEAD");
	if (line.end - line.at != 8 || memcmp(line.at, "HTTP/", 5) || line.at[6] != '.')
		return 400;
	*old = line.at[7] == '0';
	if (line.at[5] != '1' || (line.at[7] != '0' && line.at[7] != '1'))
		return line.at[5] >= '0' && line.at[5] <= '9' && line.at[7] >= '0' && line.at[7] <= '9' ? 505 : 400;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (span_is(method, others[i]))
			return 405;
	if (!request->head && !span_is(method, "GET"))
		return 501;
	return target_parse(request, target);
}

/* the words of a Connection field */
static void connection_parse(struct fields *fields, struct span value)
{
	while (value.at < value.end) {
		struct span word = value;

		if (!span_take(&value, ',', &word))
			value.at = value.end;
		while (word.at < word.end && is_blank(*word.at))
			word.at++;
		while (word.at < word.end && is_blank(word.end[-1]))
			word.end--;
		fields->close |= span_is_nocase(word, "close");
		fields->keep_alive |= span_is_nocase(word, "keep-alive");
	}
}

static unsigned field_parse(struct fields *fields, struct span line)
{
	struct span name;

	/* a continuation line begins with a blank, which is not a token, so it is refused, too */
	if (!span_take(&line, ':', &name) || name.at == name.end)
		return 400;
	for (const char *c = name.at; c < name.end; c++)
		if (!is_token(*c))
			return 400;
	for (const char *c = line.at; c < line.end; c++)
		if (((unsigned char)*c < ' ' && *c != '\t') || *c == 127)
			return 400;
	while (line.at < line.end && is_blank(*line.at))
		line.at++;
	while (line.at < line.end && is_blank(line.end[-1]))
		line.end--;
	if (span_is_nocase(name, "host"))
		fields->hosts++;
	else if (span_is_nocase(name, "connection"))
		connection_parse(fields, line);
	else if (span_is_nocase(name, "transfer-encoding") ||
		 (span_is_nocase(name, "content-length") && !span_is(line, "0")))
		fields->content = true;
	return 0;
}

unsigned request_parse(struct request *request, const char *text, size_t length)
{
	struct span rest = {text, text + length}, line = line_take(&rest);
	struct fields fields = {0};
	bool old = false;
	unsigned status;

	*request = (struct request){0};
	status = first_line_parse(request, line, &old);
	for (line = line_take(&rest); !status && line.at < line.end; line = line_take(&rest))
		status = field_parse(&fields, line);
	if (status)
		return status;
	/* what a request brings along is not read, so where the next one begins is not known */
	if (fields.content)
		return 413;
	if (fields.hosts > 1 || (!old && !fields.hosts))
		return 400;
	request->keep_alive = !fields.close && (!old || fields.keep_alive);
	return 0;
}
