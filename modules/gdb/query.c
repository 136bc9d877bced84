/* SPDX-License-Identifier: ISC */
/* query.c -- queries about the stub and the guest: features, threads, descriptions of registers and memory */
#include <string.h>

#include "breakpoint.h"
#include "stub.h"
#include "watchpoint.h"

/* the requested part of a long text */
struct window {
	uint64_t skip, left;
	bool more;              /* more text follows */
};

static void window_text(struct window *window, const char *text)
{
	for (; *text; text++) {
		if (window->skip) {
			window->skip--;
		} else if (window->left) {
			window->left--;
			reply_binary(&stub.reply, text, 1);
		} else {
			window->more = true;
			return;
		}
	}
}

static void window_number(struct window *window, uint64_t number)
{
	char text[2 + 16 + 1] = "0x";
	int shift = 60;
	size_t length = 2;

	while (shift && !(number >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		text[length++] = "0123456789abcdef"[number >> shift & 15];
	text[length] = 0;
	window_text(window, text);
}

static void window_memory(struct window *window)
{
	struct debug_range range;
	uint64_t start = 0, end = 0;
	bool found;

	window_text(window, "<?xml version=\"1.0\"?><!DOCTYPE memory-map PUBLIC \"+//IDN gnu.org//DTD GDB Memory Map V1.0//EN\" "
		    "\"http://sourceware.org/gdb/gdb-memory-map.dtd\"><memory-map>");
	/* joins neighbours that differ only in the guest's access rights: the debugger may write all of them */
	do {
		found = debug_range(end, &range);
		if (found && range.start == end && end > start) {
			end = range.end;
			continue;
		}
		if (end > start) {
			window_text(window, "<memory type=\"ram\" start=\"");
			window_number(window, start);
			window_text(window, "\" length=\"");
			window_number(window, end - start);
			window_text(window, "\"/>");
		}
		start = range.start;
		end = range.end;
	} while (found);
	window_text(window, "</memory-map>");
}

/* qXfer:OBJECT:read:ANNEX:OFFSET,LENGTH; 'm' before the text says that there is more */
static void query_transfer(const char *at)
{
	bool map = take_word(&at, "memory-map:read::");
	struct window window = {0};

	if (!map && !take_word(&at, "features:read:target.xml:"))
		return;
	if (!take_number(&at, &window.skip) || !take_char(&at, ',') || !take_number(&at, &window.left)) {
		reply_text(&stub.reply, "E16");
		return;
	}
	/* each character may take two */
	if (window.left > PACKET_MAX / 2 - 1)
		window.left = PACKET_MAX / 2 - 1;
	reply_text(&stub.reply, "m");
	if (map)
		window_memory(&window);
	else
		window_text(&window, register_description);
	if (!window.more)
		stub.reply.text[1] = 'l';
}

/* qRcmd,HEX: what the user said to "monitor" */
static void query_monitor(const char *at)
{
	static const char help[] = "monitor watchpoints -- say how data is watched\n";
	static const char steps[] = "by single steps, which is slow: this host ignores the processor's watchpoints\n";
	static const char processor[] = "by the processor; by single steps, which is slow, where it has too few watchpoints\n";
	const char *answer = help;
	char word[16] = "";

	for (size_t i = 0; i < sizeof(word) - 1 && take_bytes(&at, (uint8_t *)&word[i], 1); i++)
		;
	if (!strcmp(word, "watchpoints"))
		answer = watchpoints_work() ? processor : steps;
	reply_hex(&stub.reply, answer, strlen(answer));
}

static void query_supported(const char *at)
{
	stub.names_stops = strstr(at, "swbreak+");
	reply_text(&stub.reply, "PacketSize=");
	reply_number(&stub.reply, PACKET_MAX);
	reply_text(&stub.reply, ";QStartNoAckMode+;swbreak+;vContSupported+;qXfer:features:read+;qXfer:memory-map:read+");
}

enum verdict query_run(const char *at)
{
	if (take_word(&at, "qSupported")) {
		query_supported(at);
	} else if (take_word(&at, "QStartNoAckMode")) {
		stub.silent = true;
		reply_text(&stub.reply, "OK");
	} else if (take_word(&at, "qXfer:")) {
		query_transfer(at);
	} else if (take_word(&at, "qRcmd,")) {
		query_monitor(at);
	} else if (take_word(&at, "qfThreadInfo")) {
		reply_text(&stub.reply, "m1");
	} else if (take_word(&at, "qsThreadInfo")) {
		reply_text(&stub.reply, "l");
	} else if (take_word(&at, "qC")) {
		reply_text(&stub.reply, "QC1");
	} else if (take_word(&at, "qAttached")) {
		/* on exit, a debugger kills what it launched and detaches from what was running */
		reply_text(&stub.reply, stub.launched ? "0" : "1");
	}
	return VERDICT_STAY;
}
