/* SPDX-License-Identifier: ISC */
/* page.c -- a page that shows what an appliance is made of: its head, an overview, and the sections */
#include "report/page.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/version.h"
#include "report/html.h"

static void head_print(const struct page *page)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	      "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n<title>",
	      page->out);
	html_text(page->out, json_text(page->holdings->description, "name"));
	fprintf(page->out, ": what this appliance is made of</title>\n<style>\n%s</style>\n</head>\n", page_style);
}

static void links_print(FILE *out, bool launch)
{
	static const char *const links[][2] = {
		{"overview", "Overview"}, {"file", "File"}, {"modules", "Modules"}, {"memory", "Memory"}, {"hypercalls", "Hypercalls"},
		{"syscalls", "System calls"}, {"launch", "Launch"}, {"origins", "Dependencies"}, {"settings", "Settings"},
	};

	fputs("<nav aria-label=\"Sections\">\n<ul>\n", out);
	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		if (launch || strcmp(links[i][0], "launch"))
			fprintf(out, "<li><a href=\"#%s\">%s</a></li>\n", links[i][0], links[i][1]);
	fputs("</ul>\n</nav>\n", out);
}

static void fact_print(FILE *out, const char *name, const char *value)
{
	fprintf(out, "<div><dt>%s</dt><dd>", name);
	html_text(out, value);
	fputs("</dd></div>\n", out);
}

static const char *size_text(uint64_t bytes)
{
	return bytes % (1 << 20) || !bytes ? str_format("%s KiB", number_text(bytes >> 10)) : str_format("%s MiB", number_text(bytes >> 20));
}

static void overview_print(const struct page *page)
{
	const json_t *description = page->holdings->description;
	FILE *out = page->out;

	html_section(out, "overview", "Overview");
	fputs("<dl class=\"facts\">\n", out);
	fact_print(out, "File", str_format("%s bytes", number_text(page->holdings->size)));
	fact_print(out, "Memory of the guest", size_text(json_number(json_object_get(description, "memory"), "bytes")));
	fact_print(out, "Modules", number_text(json_array_size(json_object_get(description, "modules"))));
	fact_print(out, "Hypercalls", number_text(json_array_size(json_object_get(description, "hypercalls"))));
	fact_print(out, "System calls", number_text(syscalls_count(page, false)));
	fact_print(out, "Processor", json_text(description, "architecture"));
	fact_print(out, "Isolation", json_text(description, "isolation"));
	fact_print(out, "Made by", str_format("ukgen %s", json_text(description, "ukgen")));
	fputs("</dl>\n", out);
	if (page->holdings->build_id)
		fprintf(out, "<p>Build id <code>%s</code>%s.</p>\n", page->holdings->build_id,
			page->holdings->build_id_fits ? "" : ", <strong>but the file was changed since</strong>");
	html_section_end(out);
}

void page_print(const struct page *page)
{
	FILE *out = page->out;

	head_print(page);
	fputs("<body>\n<header>\n<h1>", out);
	html_text(out, json_text(page->holdings->description, "name"));
	fputs("</h1>\n<p>What this appliance is made of, by its file.</p>\n", out);
	links_print(out, page->launch);
	fputs("</header>\n<main>\n", out);
	overview_print(page);
	file_print(page);
	modules_print(page);
	memory_print(page);
	calls_print(page);
	launch_print(page);
	origins_print(page);
	settings_print(page);
	fputs("</main>\n<footer>\n<p>Written by ukgen " UKGEN_VERSION " from the appliance's file, without running it.</p>\n</footer>\n"
	      "</body>\n</html>\n", out);
}
