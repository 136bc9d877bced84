/* SPDX-License-Identifier: ISC */
/* launch.c -- reads what perf trace saw of an appliance's launch */
#include "report/launch.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyz_" DIGITS

/* a line: "0.316 ( 0.232 ms): NAME/THREAD CALL(ARGUMENTS) = RESULT" */
struct event {
	double end;             /* ms */
	unsigned long thread;
	const char *call;       /* up to '(' */
	size_t length;
};

/* calls that tell their phase by name; all others are the process's own, and its devices' */
static const struct {
	enum launch_phase phase;
	const char *names;      /* with a blank before and behind each */
} kinds[] = {
	{LAUNCH_MACHINE, " ioctl dup3 "},
	{LAUNCH_MEMORY, " mmap mremap munmap mprotect madvise "},
	{LAUNCH_SANDBOX, " close_range prlimit64 chroot chdir geteuid setgroups setresgid setresuid landlock_create_ruleset landlock_add_rule "
		"landlock_restrict_self capset prctl seccomp "},
};

/* a number without sign, at *at, which is moved behind it */
static bool number_read(const char **at, double *number)
{
	size_t length;

	*at += strspn(*at, " ");
	length = strspn(*at, DIGITS ".");
	*number = strtod(str_copy(*at, length), NULL);
	*at += length;
	return length;
}

/* false for other lines, and for calls that didn't return before another thread's */
static bool event_read(const char *line, struct event *event)
{
	static const char behind[] = " ms): ", again[] = "... [continued]: ";
	const char *at = line, *thread, *word;
	double start, duration;

	if (!number_read(&at, &start) || !str_starts(at, " ("))
		return false;
	at += 2;
	if (!number_read(&at, &duration) || !str_starts(at, behind))
		return false;
	event->end = start + duration;
	word = at + strlen(behind);
	at = word + strcspn(word, " ");
	for (thread = at; thread > word && strchr(DIGITS, thread[-1]);)
		thread--;
	if (thread == word || thread == at || thread[-1] != '/')
		return false;
	event->thread = strtoul(thread, NULL, 10);
	at += strspn(at, " ");
	if (str_starts(at, again))
		at += strlen(again);
	event->call = at;
	event->length = strspn(at, LETTERS);
	return event->length && at[event->length] == '(';
}

static enum launch_phase phase_of(const struct event *event)
{
	const char *name = str_format(" %.*s ", (int)event->length, event->call);
	const char *arguments = str_copy(event->call, strcspn(event->call, "="));

	if (!strcmp(name, " ioctl ") && !strstr(arguments, "cmd: KVM_"))
		return LAUNCH_PROCESS;
	if (strstr(arguments, "KVM_SET_USER_MEMORY_REGION"))
		return LAUNCH_MEMORY;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strstr(kinds[i].names, name))
			return kinds[i].phase;
	return LAUNCH_PROCESS;
}

bool launch_parse(struct launch *launch, const char *text)
{
	struct launch so_far = {0};
	bool found = false, closed = false;
	unsigned long first = 0;
	double before = 0;

	for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		const char *whole = str_copy(line, strcspn(line, "\n"));
		enum launch_phase phase;
		struct event event;

		if (!event_read(whole, &event) || (found && event.thread != first))
			continue;
		first = event.thread;
		found = true;
		phase = phase_of(&event);
		so_far.phases[phase].calls++;
		if (event.end > before) {
			so_far.phases[phase].time += event.end - before;
			before = event.end;
		}
		if (str_starts(event.call, "seccomp(")) {
			*launch = so_far;
			closed = true;
		}
	}
	return closed;
}

void launch_read(struct launch *launch, const char *path)
{
	const char *text = file_read(path, NULL);

	if (!text)
		fatal("%s:", path);
	if (!launch_parse(launch, text))
		fatal("%s: has no launch of an appliance; accepted is what \"perf trace -o FILE APPLIANCE\" writes", path);
}
