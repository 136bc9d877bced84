/* SPDX-License-Identifier: ISC */
/* samples/text.c -- the exposition format: families, values, labels */
#include <string.h>

#include "monitor.h"
#include "samples.h"

static void (*text_put)(const char *text, size_t length);
static const char *family;

static void put_string(const char *string)
{
	text_put(string, strlen(string));
}

static void put_number(uint64_t number, unsigned digits)
{
	char text[20], *at = text + sizeof(text);

	do
		*--at = (char)('0' + number % 10);
	while ((number /= 10) || (unsigned)(text + sizeof(text) - at) < digits);
	text_put(at, (size_t)(text + sizeof(text) - at));
}

static void put_seconds(uint64_t seconds, uint64_t nanoseconds)
{
	put_number(seconds, 1);
	put_string(".");
	put_number(nanoseconds, 9);
}

/* what isn't printable ASCII becomes '?' */
static void put_escaped(const char *value)
{
	for (; *value; value++) {
		char c = *value < ' ' || *value >= 0x7f ? '?' : *value;

		if (c == '\\' || c == '"')
			put_string("\\");
		text_put(&c, 1);
	}
}

static void put_label(const char *name, const char *value, bool first)
{
	put_string(first ? "{" : ",");
	put_string(name);
	put_string("=\"");
	put_escaped(value);
	put_string("\"");
}

/* the beginning of a line; bound is a bucket's, or NULL */
static void put_name(const char *suffix, const char *const labels[], const char *bound)
{
	bool first = true;

	put_string("ukgen_");
	put_string(family);
	put_string(suffix);
	for (; *labels; labels += 2, first = false)
		put_label(labels[0], labels[1], first);
	if (bound) {
		put_label("le", bound, first);
		first = false;
	}
	put_string(first ? " " : "} ");
}

static void put_count(const char *suffix, const char *const labels[], const char *bound, uint64_t value)
{
	put_name(suffix, labels, bound);
	put_number(value, 1);
	put_string("\n");
}

void sample_family(const char *name, const char *type, const char *help)
{
	family = name;
	put_string("# HELP ukgen_");
	put_string(name);
	put_string(" ");
	put_string(help);
	put_string("\n# TYPE ukgen_");
	put_string(name);
	put_string(" ");
	put_string(type);
	put_string("\n");
}

void sample(uint64_t value, const char *const labels[])
{
	put_count("", labels, NULL, value);
}

static void put_counter(const char *suffix, uint64_t counter, const char *const labels[])
{
	uint64_t frequency = counter_frequency();

	put_name(suffix, labels, NULL);
	put_seconds(counter / frequency, counter % frequency * 1000000000 / frequency);
	put_string("\n");
}

void sample_counter(uint64_t counter, const char *const labels[])
{
	put_counter("", counter, labels);
}

void sample_time(uint64_t time, const char *const labels[])
{
	put_name("", labels, NULL);
	put_seconds(time / 1000000000, time % 1000000000);
	put_string("\n");
}

/* in this order, so that no bucket exceeds _count, whatever is counted meanwhile */
void sample_durations(const struct durations *durations, const char *const labels[])
{
	static const char bounds[][9] = {
		"0.000001", "0.000003", "0.00001", "0.00003", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1",
	};
	uint64_t count = 0;

	_Static_assert(sizeof(bounds) / sizeof(bounds[0]) == DURATION_BOUNDS, "a bound for each bucket but the last");
	for (unsigned i = 0; i <= DURATION_BOUNDS; i++) {
		count += count_read(&durations->counts[i]);
		put_count("_bucket", labels, i < DURATION_BOUNDS ? bounds[i] : "+Inf", count);
	}
	put_counter("_sum", count_read(&durations->sum), labels);
	put_count("_count", labels, NULL, count);
}

void samples_write(void (*put)(const char *text, size_t length))
{
	text_put = put;
	hooks_sample();
}
