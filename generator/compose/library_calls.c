/* SPDX-License-Identifier: ISC */
/*
 * library_calls.c -- the system calls of guest libraries that an application can make, and why
 *
 * The calls are the functions defined or undefined in app.o whose names begin with a
 * library's prefix. The application's file that leads to a call is found by a
 * search from object to object of the libraries, members of archives included: the
 * shortest path counts.
 */
#include "compose/library_calls.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/inputs.h"

/* the libraries' object that defines a symbol; sorted by symbol, the first object first */
struct definition {
	const char *symbol;
	size_t member;
};

struct definitions {
	struct definition *items;
	size_t count;
};

static int compare_definitions(const void *a, const void *b)
{
	const struct definition *one = a, *other = b;
	int order = strcmp(one->symbol, other->symbol);

	return order ? order : one->member < other->member ? -1 : one->member > other->member;
}

static void definitions_collect(struct definitions *definitions, const struct objects *members)
{
	for (size_t m = 0; m < members->count; m++)
		for (size_t i = 0; i < members->items[m].defined.count; i++)
			*LIST_ADD(definitions->items, definitions->count) =
				(struct definition){members->items[m].defined.items[i], m};
	if (definitions->count)
		qsort(definitions->items, definitions->count, sizeof(*definitions->items), compare_definitions);
}

static int compare_symbol(const void *symbol, const void *definition)
{
	return strcmp(symbol, ((const struct definition *)definition)->symbol);
}

/* SIZE_MAX if none defines it */
static size_t member_with(const struct definitions *definitions, const char *symbol)
{
	const struct definition *found = NULL;

	if (definitions->count)
		found = bsearch(symbol, definitions->items, definitions->count, sizeof(*definitions->items), compare_symbol);
	return found ? found->member : SIZE_MAX;
}

/* the number of members between each member and a symbol; UINT_MAX: no path */
static unsigned *distances_find(const struct objects *members, const struct definitions *definitions, const char *symbol)
{
	unsigned *distances = mem_zalloc((members->count + 1) * sizeof(*distances));
	bool changed = true;

	for (size_t m = 0; m < members->count; m++)
		distances[m] = strings_contain(&members->items[m].undefined, symbol) ||
			strings_contain(&members->items[m].defined, symbol) ? 0 : UINT_MAX;
	for (unsigned distance = 0; changed; distance++) {
		changed = false;
		for (size_t m = 0; m < members->count; m++)
			for (size_t i = 0; distances[m] == UINT_MAX && i < members->items[m].undefined.count; i++) {
				size_t next = member_with(definitions, members->items[m].undefined.items[i]);

				if (next == SIZE_MAX || distances[next] != distance)
					continue;
				distances[m] = distance + 1;
				changed = true;
			}
	}
	return distances;
}

/* the application's file with the shortest path to the call */
static void cause_find(struct library_call *call, const struct composition *composition, const struct objects *members,
		       const struct definitions *definitions)
{
	unsigned *distances = distances_find(members, definitions, call->symbol), least = UINT_MAX;

	for (size_t i = 0; i < composition->own_count; i++) {
		const struct object *object = input_read(composition, i);

		for (size_t s = 0; s < object->undefined.count; s++) {
			const char *symbol = object->undefined.items[s];
			size_t member = member_with(definitions, symbol);

			if (member == SIZE_MAX || distances[member] >= least)
				continue;
			least = distances[member];
			call->user = path_base(composition->inputs.items[i]);
			call->function = symbol;
		}
	}
	free(distances);
}

/* members of archives, and what was compiled of the libraries' own sources */
static struct objects objects_of_libraries(const struct composition *composition)
{
	struct objects objects = {0};

	for (size_t i = 0; i < composition->members.count; i++)
		*LIST_ADD(objects.items, objects.count) = composition->members.items[i];
	for (size_t i = composition->own_count; i < composition->inputs.count; i++)
		*LIST_ADD(objects.items, objects.count) = *input_read(composition, i);
	return objects;
}

static void call_add(struct composition *composition, const char *symbol, bool served)
{
	for (size_t i = 0; i < composition->libraries.count; i++) {
		const struct library *library = composition->libraries.items[i];

		if (library->calls && str_starts(symbol, library->calls))
			*LIST_ADD(composition->library_calls, composition->library_call_count) = (struct library_call){
				.library = library, .symbol = symbol, .name = symbol + strlen(library->calls), .served = served};
	}
}

static int compare_calls(const void *a, const void *b)
{
	return strcmp(((const struct library_call *)a)->symbol, ((const struct library_call *)b)->symbol);
}

void library_calls_find(struct composition *composition)
{
	const struct object *app = &composition->app;
	struct definitions definitions = {0};
	struct objects members;

	for (size_t i = 0; i < app->defined.count; i++)
		call_add(composition, app->defined.items[i], true);
	for (size_t i = 0; i < app->undefined.count; i++)
		call_add(composition, app->undefined.items[i], false);
	if (!composition->library_call_count)
		return;
	qsort(composition->library_calls, composition->library_call_count, sizeof(*composition->library_calls), compare_calls);
	members = objects_of_libraries(composition);
	definitions_collect(&definitions, &members);
	for (size_t i = 0; i < composition->library_call_count; i++)
		cause_find(&composition->library_calls[i], composition, &members, &definitions);
	free(definitions.items);
	free(members.items);
}

const struct library_call *library_call_find(const struct composition *composition, const char *symbol)
{
	for (size_t i = 0; i < composition->library_call_count; i++)
		if (!strcmp(composition->library_calls[i].symbol, symbol))
			return &composition->library_calls[i];
	return NULL;
}

static bool cause_is_same(const struct library_call *one, const struct library_call *other)
{
	return one->library == other->library && one->user == other->user && one->function == other->function;
}

/* calls[first] and those with the same cause, in one message */
static void unserved_report(const struct composition *composition, size_t first)
{
	const struct library_call *call = &composition->library_calls[first];
	const char *option = str_format("%s_UNSERVED_ERROR", str_upper(call->library->name));
	struct position where = {.file = composition->manifest->path};
	struct strings names = {0};
	const char *text;

	for (size_t i = first; i < composition->library_call_count; i++)
		if (!composition->library_calls[i].served && cause_is_same(call, &composition->library_calls[i]))
			strings_add(&names, composition->library_calls[i].name);
	text = call->user ? str_format("%s uses %s, which can call %s", call->user, call->function, str_join(&names, ", ")) :
		str_format("library \"%s\" can call %s", call->library->name, str_join(&names, ", "));
	if (config_is_set((void *)composition->config, option))
		error_at(where, "%s: no library serves %s; leave %s off to have it fail with ENOSYS", text,
			 names.count > 1 ? "them" : "it", option);
	else
		warning_at(where, "%s: no library serves %s with ENOSYS", text, names.count > 1 ? "them; they fail" : "it; it fails");
}

void library_calls_report(const struct composition *composition)
{
	for (size_t i = 0; i < composition->library_call_count; i++) {
		bool first = !composition->library_calls[i].served;

		for (size_t n = 0; n < i && first; n++)
			first = composition->library_calls[n].served || !cause_is_same(&composition->library_calls[n], &composition->library_calls[i]);
		if (first)
			unserved_report(composition, i);
	}
	errors_exit();
}
