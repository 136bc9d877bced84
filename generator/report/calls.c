/* SPDX-License-Identifier: ISC */
/* calls.c -- sections of the page: hypercalls and system calls */
#include <string.h>

#include "base/memory.h"
#include "base/strings.h"
#include "base/text.h"
#include "report/bars.h"
#include "report/html.h"
#include "report/page.h"

/*
 * Monitors for any guest, on x86-64. Counted, as here, by name, whatever the arguments:
 * - Firecracker: of 39 names, its filter of "vcpu" threads has 21.
 * - QEMU 7.2 of Debian 12: Linux 6.1 has 362 calls there. The filter of "-sandbox on" with every set denied, as strace
 *   shows it, names 41 of them, of which clone and sched_setscheduler are let through with some arguments.
 */
static const struct general {
	const char *name;
	unsigned all, guest_thread;
	const char *source;
} generals[] = {
	{"Firecracker", 39, 21, "counted in resources/seccomp/x86_64-unknown-linux-musl.json of its source, commit 01a3b57933e4"},
	{"QEMU 7.2, -sandbox on with all sets denied", 323, 323, "the 362 calls of Linux 6.1 without the 39 that its filter denies whatever their arguments, as strace showed it on "
		"Debian 12; without that option it has no filter"},
};

static const json_t *syscalls_of(const struct page *page)
{
	return json_object_get(page->holdings->description, "syscalls");
}

size_t syscalls_count(const struct page *page, bool guest_thread)
{
	struct strings names = {0};
	json_t *call;
	size_t i, count = 0;

	json_array_foreach(syscalls_of(page), i, call) {
		const char *text = json_text(call, "call");

		if (!guest_thread || !strcmp(json_text(call, "thread"), "main"))
			strings_add(&names, str_copy(text, strcspn(text, "(")));
	}
	strings_sort(&names);
	for (i = 0; i < names.count; i++)
		count += !i || strcmp(names.items[i], names.items[i - 1]);
	return count;
}

static void hypercalls_print(const struct page *page)
{
	static const struct column columns[] = {{"Number", NULL}, {"Hypercall", "code"}, {"Module", NULL}, {"Kind", NULL}};
	struct table table = {"Calls from the guest to the monitor; others have no number", columns, ARRAY_SIZE(columns), 0};
	json_t *call;
	size_t i;

	html_section(page->out, "hypercalls", "Hypercalls");
	json_array_foreach(json_object_get(page->holdings->description, "hypercalls"), i, call) {
		const char *const cells[] = {number_text(json_number(call, "number")), json_text(call, "name"), json_text(call, "module"),
			json_object_get(call, "doorbells") ? "doorbell" : "call"};

		html_row(page->out, &table, cells);
	}
	html_table_end(page->out, &table);
	html_section_end(page->out);
}

static void comparison_print(const struct page *page)
{
	static const struct column columns[] = {{"Monitor", NULL}, {"All threads", "number"}, {"Guest's thread", "number"}};
	struct table table = {"Different system calls that filters let through, by name; general monitors on x86-64",
		columns, ARRAY_SIZE(columns), 0};
	const char *const own[] = {"this appliance", number_text(syscalls_count(page, false)), number_text(syscalls_count(page, true))};
	struct box boxes[ARRAY_SIZE(generals) + 1];

	boxes[0] = (struct box){str_format("%s: %s", own[0], own[1]), {NULL}, (double)syscalls_count(page, false), FIGURE_GUEST};
	for (size_t i = 0; i < ARRAY_SIZE(generals); i++)
		boxes[i + 1] = (struct box){str_format("%s: %u", generals[i].name, generals[i].all), {NULL}, generals[i].all, FIGURE_OTHER};
	bars_print(page->out, &(struct figure){"comparison", "System calls of monitors",
		"A bar for each monitor, as long as the number of different system calls that its filters let through. "
		"The table below has the numbers."}, boxes, ARRAY_SIZE(boxes));
	html_row(page->out, &table, own);
	for (size_t i = 0; i < ARRAY_SIZE(generals); i++) {
		const char *const cells[] = {generals[i].name, number_text(generals[i].all), number_text(generals[i].guest_thread)};

		html_row(page->out, &table, cells);
	}
	html_table_end(page->out, &table);
	for (size_t i = 0; i < ARRAY_SIZE(generals); i++)
		fprintf(page->out, "<p class=\"quiet\">%s: %s.</p>\n", generals[i].name, generals[i].source);
}

static const char *caller_of(const json_t *call)
{
	const char *helper = json_text(call, "helper"), *thread = json_text(call, "thread");

	return *helper ? str_format("helper %s", helper) : strcmp(thread, "main") ? str_format("thread %s", thread) : "guest's thread";
}

static void syscalls_print(const struct page *page)
{
	static const struct column columns[] = {{"Call", "code"}, {"Who", NULL}, {"Module", NULL}, {"Cause", NULL}};
	struct table table = {"System calls that the filters let through once the guest runs, each with its cause",
		columns, ARRAY_SIZE(columns), 0};
	json_t *call;
	size_t i;

	html_section(page->out, "syscalls", "System calls");
	comparison_print(page);
	json_array_foreach(syscalls_of(page), i, call) {
		const char *const cells[] = {json_text(call, "call"), caller_of(call), json_text(call, "module"), json_text(call, "cause")};

		html_row(page->out, &table, cells);
	}
	html_table_end(page->out, &table);
}

/* of libraries, in the guest: they are no system calls of this machine */
static void library_calls_print(const struct page *page)
{
	static const struct column columns[] = {{"Call", "code"}, {"Library", NULL}, {"Served", NULL}, {"Cause", NULL}};
	struct table table = {"System calls of the guest's libraries, which end in the guest", columns, ARRAY_SIZE(columns), 0};
	const json_t *calls = json_object_get(page->holdings->description, "library_calls");
	json_t *call;
	size_t i;

	if (!json_array_size(calls))
		return;
	json_array_foreach(calls, i, call) {
		const char *const cells[] = {json_text(call, "call"), json_text(call, "library"),
			json_is_true(json_object_get(call, "served")) ? "yes" : "no", json_text(call, "cause")};

		html_row(page->out, &table, cells);
	}
	html_table_end(page->out, &table);
}

void calls_print(const struct page *page)
{
	hypercalls_print(page);
	syscalls_print(page);
	library_calls_print(page);
	html_section_end(page->out);
}
