/* SPDX-License-Identifier: ISC */
/* inspect_package.c -- ukgen inspect: what an appliance was made from */
#include "command/inspect_package.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/printable.h"
#include "command/json_print.h"
#include "input/package.h"

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

void print_build_id(const char *appliance)
{
	size_t size, offset;
	uint8_t *file = (uint8_t *)file_read(appliance, &size);

	if (file && build_id_find(file, size, &offset))
		printf("build id: %s%s\n", build_id_text(file + offset),
		       build_id_fits(file, size, offset) ? "" : ", but the file was changed since");
	free(file);
}

static json_t *package_json(const char *appliance)
{
	const char *text = package_text("inspect", appliance);
	json_error_t error;
	json_t *json = text ? json_loads(text, JSON_REJECT_DUPLICATES, &error) : NULL;

	if (text && !json)
		fatal("%s: its record is damaged: %s", appliance, printable(error.text));
	return json;
}

void inspect_package(const char *appliance)
{
	json_t *package = package_json(appliance);

	if (!package)
		return;
	print_inputs("the monitor was made from", json_object_get(package, "inputs"));
	print_inputs("the guest was made from", json_object_get(json_object_get(package, "guest"), "inputs"));
	print_tools(json_object_get(package, "tools"));
	json_decref(package);
}

void inspect_sbom(const char *appliance)
{
	json_t *package = package_json(appliance), *sbom = json_object_get(package, "sbom");

	if (!sbom)
		fatal("%s: has no bill of materials; inspect --sbom takes an appliance made by this ukgen", appliance);
	json_print(sbom);
	json_decref(package);
}
