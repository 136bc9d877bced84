/* SPDX-License-Identifier: ISC */
/* inspect_record.c -- ukgen inspect: what an appliance was made from */
#include "command/inspect_record.h"

#include <stdio.h>

#include "base/diag.h"
#include "base/printable.h"
#include "command/json_print.h"

static const char *string_of(const json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));

	return string ? printable(string) : "?";
}

static void print_inputs(const char *what, const json_t *inputs)
{
	size_t i;
	json_t *input;

	printf("\n%-27s version                 SHA-256\n", what);
	json_array_foreach(inputs, i, input) {
		const char *version = json_object_get(input, "version") ? string_of(input, "version") : "";

		printf("  %-24s  %-22s  %s\n", string_of(input, "name"), version, string_of(input, "sha256"));
	}
}

static void print_tools(const json_t *tools)
{
	size_t i;
	json_t *tool;

	printf("\ntools\n");
	json_array_foreach(tools, i, tool)
		printf("  %-9s %s\n", string_of(tool, "name"), string_of(tool, "version"));
}

void inspect_record(const json_t *record)
{
	if (!record)
		return;
	print_inputs("the monitor was made from", json_object_get(record, "inputs"));
	print_inputs("the guest was made from", json_object_get(json_object_get(record, "guest"), "inputs"));
	print_tools(json_object_get(record, "tools"));
}

void inspect_sbom(const json_t *record, const char *appliance)
{
	json_t *sbom = json_object_get(record, "sbom");

	if (!sbom)
		fatal("%s: has no bill of materials; inspect --sbom takes an appliance made by this ukgen", appliance);
	json_print(sbom);
}
