/* SPDX-License-Identifier: ISC */
/*
 * inspect.c -- ukgen inspect: shows what an appliance holds, without running it: the section .ukgen of its file
 *
 * That section is untrusted: everything in it goes through printable().
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/printable.h"
#include "base/text.h"
#include "command/command.h"
#include "command/inspect_record.h"
#include "command/inspect_which.h"
#include "command/json_print.h"
#include "input/holdings.h"

static const char *string_of(const json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));

	return string ? printable(string) : "?";
}

static long long integer_of(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static void print_devices(const json_t *devices)
{
	size_t i;
	json_t *device;

	printf("\ndevices\n");
	json_array_foreach(devices, i, device)
		printf("  %-24s %s%s\n", string_of(device, "name"), string_of(device, "type"),
		       json_is_true(json_object_get(device, "readonly")) ? ", read-only" : "");
	if (!json_array_size(devices))
		printf("  none\n");
}

static void print_modules(const json_t *modules)
{
	size_t i;
	json_t *module;

	printf("\nmodules                     host    guest  bytes of code and data\n");
	json_array_foreach(modules, i, module)
		printf("  %-20s %9lld %8lld  %s\n", string_of(module, "name"), integer_of(module, "host_bytes"),
		       integer_of(module, "guest_bytes"), string_of(module, "title"));
}

static void print_calls(const json_t *hypercalls, const json_t *syscalls)
{
	size_t i;
	json_t *call;

	printf("\nhypercalls\n");
	json_array_foreach(hypercalls, i, call)
		printf("  %3lld  %-24s %s%s\n", integer_of(call, "number"), string_of(call, "name"), string_of(call, "module"),
		       json_object_get(call, "doorbells") ? ", doorbell" : "");
	printf("\nsystem calls let through\n");
	json_array_foreach(syscalls, i, call) {
		const char *kind = json_object_get(call, "helper") ? "helper" : "thread", *name = string_of(call, kind);
		bool is_main = !strcmp(kind, "thread") && !strcmp(name, "main");

		printf("  %-32s %s%s: %s\n", string_of(call, "call"), string_of(call, "module"),
		       is_main ? "" : str_format(", %s %s", kind, name), string_of(call, "cause"));
	}
}

/* absent if the appliance's libraries make no calls */
static void print_library_calls(const json_t *calls)
{
	size_t i;
	json_t *call;

	if (json_array_size(calls))
		printf("\nsystem calls of libraries, in the guest\n");
	json_array_foreach(calls, i, call)
		printf("  %-20s %-11s %s: %s\n", string_of(call, "call"),
		       json_is_true(json_object_get(call, "served")) ? "" : "not served", string_of(call, "library"),
		       string_of(call, "cause"));
}

static void print_descriptors(const json_t *descriptors)
{
	const char *name;
	json_t *range;

	printf("\ndescriptors, besides 1 and 2\n");
	json_object_foreach((json_t *)descriptors, name, range) {
		long long first = json_integer_value(json_array_get(range, 0));
		long long count = json_integer_value(json_array_get(range, 1));

		printf(count == 1 ? "  %-32s %lld\n" : "  %-32s %lld to %lld\n", printable(name), first, first + count - 1);
	}
}

static void print_memory(const json_t *memory)
{
	size_t i;
	json_t *range;

	printf("\nmemory                  %lld KiB unless --mem says otherwise\n", integer_of(memory, "bytes") >> 10);
	json_array_foreach(json_object_get(memory, "map"), i, range) {
		/* the end of a range may depend on --mem */
		const char *size = json_object_get(range, "size") ? str_format("%lld", integer_of(range, "size")) : "";

		printf("  0x%08llx %9s  %s (%s)\n", integer_of(range, "address"), size,
		       string_of(range, "what"), string_of(range, "guest"));
	}
}

static void print_sizes(const struct holdings *holdings)
{
	printf("\nfile                    bytes\n");
	for (size_t i = 0; i < HOLDINGS_PARTS; i++)
		printf("  %-20s %9zu\n", holdings->parts[i].name, holdings->parts[i].size);
	printf("  %-20s %9zu\n", "appliance", holdings->size);
}

static void print_build_id(const struct holdings *holdings)
{
	if (holdings->build_id)
		printf("build id: %s%s\n", holdings->build_id,
		       holdings->build_id_fits ? "" : ", but the file was changed since");
}

static void inspect(const struct holdings *holdings)
{
	const json_t *description = holdings->description;

	printf("%s for %s, made by ukgen %s\n", string_of(description, "name"),
	       string_of(description, "architecture"), string_of(description, "ukgen"));
	printf("isolation: %s\n", string_of(description, "isolation"));
	print_build_id(holdings);
	print_devices(json_object_get(description, "devices"));
	print_modules(json_object_get(description, "modules"));
	print_calls(json_object_get(description, "hypercalls"), json_object_get(description, "syscalls"));
	print_library_calls(json_object_get(description, "library_calls"));
	print_descriptors(json_object_get(description, "descriptors"));
	print_memory(json_object_get(description, "memory"));
	print_sizes(holdings);
	inspect_record(holdings->record);
}

static int run(int count, char **words)
{
	bool json = count && !strcmp(words[0], "--json"), sbom = count && !strcmp(words[0], "--sbom");
	struct holdings holdings;

	if (count && !strcmp(words[0], "--which"))
		return inspect_which(count - 1, words + 1);
	if (count - json - sbom != 1)
		fatal("inspect takes one appliance; use ukgen inspect [--json|--sbom] APPLIANCE, or --which NAME DIR...");
	holdings_read(&holdings, "inspect", words[json || sbom]);
	if (sbom)
		inspect_sbom(holdings.record, words[1]);
	else if (json)
		json_print(holdings.description);
	else
		inspect(&holdings);
	return 0;
}

const struct command command_inspect = {
	.name = "inspect",
	.summary = "show what an appliance holds",
	.usage =
		"usage: ukgen inspect [--json|--sbom] APPLIANCE\n"
		"       ukgen inspect --which NAME DIR|APPLIANCE ...\n"
		"\n"
		"Shows what an appliance holds, without running it: devices, modules and their sizes, hypercalls, system calls\n"
		"and what causes each, file descriptors, the memory map, and what monitor and guest were made from.\n"
		"\n"
		"  --json          print it as JSON, as the appliance's own --describe does\n"
		"  --sbom          print what it was made from as a bill of materials: SPDX 2.3 in JSON\n"
		"  --which NAME    list the appliances in folders that have a module, a library or another input of that name,\n"
		"                  a line for each: path, half (monitor or guest), input, version, SHA-256 of the input's files\n"
		"  --help          print this\n",
	.run = run,
};
