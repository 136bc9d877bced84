/* SPDX-License-Identifier: ISC */
/* launch_section.c -- a section of the page: the launch by phase */
#include "base/memory.h"
#include "base/text.h"
#include "report/bars.h"
#include "report/html.h"
#include "report/launch.h"
#include "report/page.h"

static const char *const names[LAUNCH_PHASES] = {
	[LAUNCH_PROCESS] = "process, options, devices", [LAUNCH_MACHINE] = "virtual machine", [LAUNCH_MEMORY] = "memory",
	[LAUNCH_SANDBOX] = "sandbox",
};

void launch_print(const struct page *page)
{
	static const struct column columns[] = {{"What for", NULL}, {"System calls", "number"}, {"ms", "number"}, {"Of the time", "number"}};
	struct table table = {"Launch by phase", columns, ARRAY_SIZE(columns), 0};
	const struct launch *launch = page->launch;
	struct box boxes[LAUNCH_PHASES];
	double total = 0;
	size_t count = 0;

	if (!launch)
		return;
	for (size_t i = 0; i < LAUNCH_PHASES; i++)
		total += launch->phases[i].time;
	html_section(page->out, "launch", "Launch");
	fprintf(page->out, "<p>From the program's first system call to the guest's first instruction: %.3f ms in one run, as "
		"<code>perf trace</code> saw it. Being traced takes time of its own for each call.</p>\n", total);
	for (size_t i = 0; i < LAUNCH_PHASES; i++)
		if (launch->phases[i].calls)
			boxes[count++] = (struct box){str_format("%s: %.3f ms", names[i], launch->phases[i].time), {NULL},
				launch->phases[i].time, FIGURE_MONITOR};
	bars_print(page->out, &(struct figure){"launch-bars", "Launch by phase",
		"A bar for each phase, as long as its time. The table below has the numbers."}, boxes, count);
	for (size_t i = 0; i < LAUNCH_PHASES; i++) {
		const char *const cells[] = {names[i], number_text(launch->phases[i].calls), str_format("%.3f", launch->phases[i].time),
			str_format("%.1f %%", total > 0 ? 100 * launch->phases[i].time / total : 0)};

		if (launch->phases[i].calls)
			html_row(page->out, &table, cells);
	}
	html_table_end(page->out, &table);
	html_section_end(page->out);
}
