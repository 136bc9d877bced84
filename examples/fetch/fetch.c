/* SPDX-License-Identifier: ISC */
/* fetch.c -- fetches a URL by HTTP and prints it, with sockets and getaddrinfo, without any of ukgen's own calls */
#define _GNU_SOURCE             /* strcasestr */
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct url {
	char host[256];         /* a name, or an address without brackets */
	char port[6];
	const char *path;       /* without the slash */
};

enum { HEAD_MOST = 16384, LIMIT = 30 };         /* bytes; seconds without anything */

static _Noreturn void fail(const char *what, const char *why)
{
	fprintf(stderr, "fetch: %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

/* http://HOST[:PORT][/PATH]; an address of IPv6 is in brackets */
static bool url_parse(struct url *url, const char *text)
{
	static const char scheme[] = "http://";
	size_t length;

	if (strncasecmp(text, scheme, strlen(scheme)))
		return false;
	text += strlen(scheme);
	if (*text == '[')
		length = strcspn(++text, "]");
	else
		length = strcspn(text, ":/");
	if (!length || length >= sizeof(url->host))
		return false;
	memcpy(url->host, text, length);
	url->host[length] = 0;
	text += length + (text[length] == ']');
	strcpy(url->port, "80");
	if (*text == ':') {
		length = strspn(++text, "0123456789");
		if (!length || length >= sizeof(url->port))
			return false;
		memcpy(url->port, text, length);
		url->port[length] = 0;
		text += length;
	}
	url->path = *text == '/' ? text + 1 : text;
	/* what would end the line of the request */
	return (*text == '/' || !*text) && !strpbrk(url->path, " \t\r\n");
}

/* a connection to the first address of the host that takes one */
static int url_connect(const struct url *url)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list;
	const struct timeval limit = {.tv_sec = LIMIT};
	int error = getaddrinfo(url->host, url->port, &hints, &list), connection = -1;

	if (error)
		fail(url->host, gai_strerror(error));
	for (struct addrinfo *item = list; item && connection < 0; item = item->ai_next) {
		connection = socket(item->ai_family, SOCK_STREAM, 0);
		if (connection < 0)
			continue;
		setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
		setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
		if (connect(connection, item->ai_addr, item->ai_addrlen)) {
			close(connection);
			connection = -1;
		}
	}
	freeaddrinfo(list);
	if (connection < 0)
		fail(url->host, "no address answers");
	return connection;
}

/* the lines before the content; false if they don't end in time */
static bool head_read(FILE *stream, char *head, size_t room)
{
	size_t length = 0;

	for (int c; length + 1 < room && (c = getc(stream)) != EOF;) {
		head[length++] = (char)c;
		head[length] = 0;
		if (length >= 4 && !strcmp(head + length - 4, "\r\n\r\n"))
			return true;
	}
	return false;
}

/* -1 if the head doesn't say how many bytes follow */
static long content_length(const char *head)
{
	static const char name[] = "\r\nContent-Length:";
	const char *line = strcasestr(head, name);

	return line ? strtol(line + strlen(name), NULL, 10) : -1;
}

int main(int count, char **words)
{
	static char head[HEAD_MOST], bytes[16384];
	struct url url;
	long expected, received = 0;
	FILE *stream;
	size_t size;

	if (count != 2 || !url_parse(&url, words[1]))
		fail("usage", "fetch http://HOST[:PORT][/PATH]");
	stream = fdopen(url_connect(&url), "r+");
	/* HTTP/1.0: the content is as it is, and the connection ends behind it */
	if (!stream || fprintf(stream, "GET /%s HTTP/1.0\r\nHost: %s:%s\r\n\r\n", url.path, url.host, url.port) < 0 || fflush(stream))
		fail(url.host, "it takes no request");
	if (!head_read(stream, head, sizeof(head)) || strncmp(head, "HTTP/1.", 7))
		fail(url.host, "it doesn't answer by HTTP");
	expected = content_length(head);
	if (strncmp(head + 8, " 200", 4)) {
		head[strcspn(head, "\r")] = 0;
		fail(words[1], head);
	}
	while ((size = fread(bytes, 1, sizeof(bytes), stream)) > 0) {
		fwrite(bytes, 1, size, stdout);
		received += (long)size;
	}
	if (fflush(stdout) || ferror(stream) || (expected >= 0 && received != expected))
		fail(words[1], "the answer is not complete");
	return EXIT_SUCCESS;
}
