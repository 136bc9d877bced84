/* SPDX-License-Identifier: ISC */
/* answer.c -- answers to requests: heads, statuses, statistics */
#include <string.h>

#include "server.h"
#include "text.h"

static const struct status {
	unsigned number;
	const char *reason;
} reasons[] = {
	{200, "OK"}, {400, "Bad Request"}, {404, "Not Found"}, {405, "Method Not Allowed"}, {408, "Request Timeout"},
	{413, "Content Too Large"}, {414, "URI Too Long"}, {431, "Request Header Fields Too Large"},
	{501, "Not Implemented"}, {505, "HTTP Version Not Supported"},
};

static const char *reason_of(unsigned status)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].number == status)
			return reasons[i].reason;
	return "Unknown";
}

static void head_begin(struct text *text, unsigned status, const char *type, uint64_t size)
{
	text_add(text, "HTTP/1.1 ");
	text_number(text, status, 3);
	text_add(text, " ");
	text_add(text, reason_of(status));
	text_add(text, "\r\nServer: ukgen-httpd\r\nDate: ");
	text_date(text, solo5_clock_wall() / 1000000000);
	text_add(text, "\r\nContent-Type: ");
	text_add(text, type);
	text_add(text, "\r\nContent-Length: ");
	text_number(text, size, 1);
}

static void head_end(struct text *text, bool keep_alive)
{
	text_add(text, keep_alive ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
}

static struct text answer_begin(struct answer *answer)
{
	answer->has_content = false;
	answer->made_up = 0;
	return (struct text){answer->text, answer->text + sizeof(answer->text)};
}

/* head and content, which is short, in one */
static void answer_make(struct answer *answer, unsigned status, const char *type, const char *content, bool head,
			bool keep_alive)
{
	struct text text = answer_begin(answer);

	head_begin(&text, status, type, strlen(content));
	if (status == 405)
		text_add(&text, "\r\nAllow: GET, HEAD");
	head_end(&text, keep_alive);
	if (!head) {
		answer->made_up = strlen(content);
		text_add(&text, content);
	}
	answer->length = (size_t)(text.at - answer->text);
}

void answer_status(struct answer *answer, unsigned status, bool head, bool keep_alive)
{
	char content[64];
	struct text text = {content, content + sizeof(content) - 1};

	text_number(&text, status, 3);
	text_add(&text, " ");
	text_add(&text, reason_of(status));
	text_add(&text, "\n");
	*text.at = 0;
	answer_make(answer, status, "text/plain", content, head, keep_alive);
}

static void answer_statistics(struct answer *answer, bool head, bool keep_alive)
{
	char content[512];
	struct text text = {content, content + sizeof(content) - 1};

	text_add(&text, "{\"uptime_ms\": ");
	text_number(&text, (solo5_clock_monotonic() - statistics.start) / 1000000, 1);
	text_add(&text, ", \"requests\": ");
	text_number(&text, statistics.requests, 1);
	text_add(&text, ", \"bytes\": ");
	text_number(&text, statistics.bytes, 1);
	text_add(&text, ", \"connections\": {\"open\": ");
	text_number(&text, statistics.open, 1);
	text_add(&text, ", \"accepted\": ");
	text_number(&text, statistics.accepted, 1);
	text_add(&text, ", \"refused\": ");
	text_number(&text, statistics.refused, 1);
	text_add(&text, "}}\n");
	*text.at = 0;
	answer_make(answer, 200, "application/json", content, head, keep_alive);
}

void answer_to(struct answer *answer, const char *path, bool head, bool keep_alive)
{
	struct text text;

	if (!strcmp(path, "/stats")) {
		answer_statistics(answer, head, keep_alive);
	} else if (!content_find(path, &answer->content)) {
		answer_status(answer, 404, head, keep_alive);
	} else {
		text = answer_begin(answer);
		head_begin(&text, 200, answer->content.type, answer->content.size);
		head_end(&text, keep_alive);
		answer->length = (size_t)(text.at - answer->text);
		answer->has_content = !head;
	}
}
