/* SPDX-License-Identifier: ISC */
/*
 * inspect.c -- ukgen inspect: shows what an appliance holds, without running it: the section .ukgen of its file
 *
 * That section is untrusted: everything in it goes through printable().
 */
#include <elf.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"
#include "command/command.h"
#include "command/inspect_package.h"
#include "command/inspect_which.h"
#include "command/json_print.h"
#include "input/appliance.h"
#include "input/package.h"

struct part {
	const char *section, *name;
	size_t size;
};

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

/* of the notes that record what it was made from: what they and their section headers take of the file */
static size_t record_size(const char *appliance)
{
	static const char *const sections[] = {PACKAGE_SECTION, BUILD_ID_SECTION};
	size_t sum = 0, size;

	for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
		if (appliance_section("inspect", appliance, sections[i], &size))
			sum += size + sizeof(Elf64_Shdr) + strlen(sections[i]) + 1;
	return sum;
}

static void print_sizes(const char *path, const struct part *parts, size_t part_count)
{
	struct stat status;
	size_t others = 0;

	if (stat(path, &status))
		fatal("%s:", path);
	printf("\nfile                    bytes\n");
	for (size_t i = 0; i < part_count; i++) {
		printf("  %-20s %9zu\n", parts[i].name, parts[i].size);
		others += parts[i].size;
	}
	printf("  %-20s %9zu\n", "monitor", (size_t)status.st_size - others);
	printf("  %-20s %9zu\n", "appliance", (size_t)status.st_size);
}

static void inspect(const char *appliance, bool json)
{
	struct part parts[] = {
		{".image_low", "image: low pages", 0},
		{".image_text", "image: text, rodata", 0},
		{".image_data", "image: data", 0},
		{NULL, "record, not loaded", record_size(appliance)},
	};
	char *text = appliance_description("inspect", appliance);
	json_error_t error;
	json_t *description;
	size_t rodata = 0;

	description = json_loads(text, 0, &error);
	if (!description)
		fatal("%s: its description is damaged: %s", appliance, printable(error.text));
	if (json) {
		json_print(description);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (parts[i].section)
			appliance_section("inspect", appliance, parts[i].section, &parts[i].size);
	/* a section of its own on the process host */
	appliance_section("inspect", appliance, ".image_rodata", &rodata);
	parts[1].size += rodata;
	printf("%s for %s, made by ukgen %s\n", string_of(description, "name"),
	       string_of(description, "architecture"), string_of(description, "ukgen"));
	printf("isolation: %s\n", string_of(description, "isolation"));
	print_build_id(appliance);
	print_devices(json_object_get(description, "devices"));
	print_modules(json_object_get(description, "modules"));
	print_calls(json_object_get(description, "hypercalls"), json_object_get(description, "syscalls"));
	print_library_calls(json_object_get(description, "library_calls"));
	print_descriptors(json_object_get(description, "descriptors"));
	print_memory(json_object_get(description, "memory"));
	print_sizes(appliance, parts, ARRAY_SIZE(parts));
	inspect_package(appliance);
}

static int run(int count, char **words)
{
	bool json = count && !strcmp(words[0], "--json"), sbom = count && !strcmp(words[0], "--sbom");

	if (count && !strcmp(words[0], "--which"))
		return inspect_which(count - 1, words + 1);
	if (count - json - sbom != 1)
		fatal("inspect takes one appliance; use ukgen inspect [--json|--sbom] APPLIANCE, or --which NAME DIR...");
	if (sbom)
		inspect_sbom(words[1]);
	else
		inspect(words[json], json);
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
