/* SPDX-License-Identifier: ISC */
/*
 * package.c -- gen/package.note: what an appliance was made from, as an ELF note that is not loaded
 *
 * The note is the "packaging metadata" that readelf -n and systemd know. Its
 * JSON has what building the same monitor again takes: what the monitor was made
 * from, and what is known of the guest.
 * gen/build-id.note holds zeros, in whose place appliance_write puts the id.
 */
#include "emit/emitters.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/process.h"
#include "base/text.h"
#include "base/version.h"
#include "compose/interface.h"
#include "compose/needs.h"
#include "emit/origins.h"
#include "compose/paths.h"
#include "compose/record.h"
#include "emit/sbom.h"
#include "input/guest_elf.h"
#include "input/package.h"
#include "input/recorded.h"

static json_t *package_files(const struct origin *origin)
{
	json_t *files = json_array();

	for (size_t i = 0; i < origin->file_count; i++) {
		json_t *file = json_pack("{s:s, s:s}", "name", origin->files[i].name, "sha256", origin->files[i].hash);

		if (origin->files[i].licence)
			json_object_set_new(file, "licence", json_string(origin->files[i].licence));
		json_array_append_new(files, file);
	}
	return files;
}

/* those of one half */
static json_t *package_inputs(const struct origins *origins, bool guest)
{
	json_t *inputs = json_array();

	for (size_t i = 0; i < origins->count; i++) {
		const struct origin *origin = &origins->items[i];
		json_t *input;

		if (origin->guest != guest)
			continue;
		input = json_pack("{s:s}", "name", origin->ukgen ? str_format("ukgen/%s", origin->name) : origin->name);
		if (origin->version)
			json_object_set_new(input, "version", json_string(origin->version));
		if (origin->licence)
			json_object_set_new(input, "licence", json_string(origin->licence));
		json_object_set_new(input, "sha256", json_string(origin->digest));
		if (origin->own)
			json_object_set_new(input, "files", package_files(origin));
		json_array_append_new(inputs, input);
	}
	return inputs;
}

static json_t *package_tools(const struct composition *composition)
{
	static const char *const names[] = {"gcc", "as", "ld", "objcopy"};
	json_t *tools = json_array();

	json_array_append_new(tools, json_pack("{s:s, s:s, s:s, s:s}", "name", "ukgen", "version", UKGEN_VERSION,
		"licence", "ISC", "sha256", ukgen_digest));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *path = toolchain_program(&composition->toolchain, names[i]);

		json_array_append_new(tools, json_pack("{s:s, s:s, s:s, s:s}", "name", names[i],
			"version", program_says((const char *[]){path, "--version", NULL}),
			"licence", "GPL-3.0-or-later", "sha256", record_hash(path)));
	}
	return tools;
}

/* every symbol that has a value in .config, or is off there */
static json_t *package_config(const struct config *config)
{
	json_t *settings = json_object();

	for (size_t i = 0; i < config->setting_count; i++)
		json_object_set_new(settings, config->settings[i].symbol, json_string(config->settings[i].value));
	for (size_t i = 0; i < config->unset.count; i++)
		json_object_set_new(settings, config->unset.items[i], json_string("n"));
	return settings;
}

static json_t *package_segments(const struct guest *guest)
{
	json_t *segments = json_array();

	for (size_t i = 0; i < guest->segment_count; i++) {
		const struct segment *segment = &guest->segments[i];

		json_array_append_new(segments, json_pack("{s:I, s:I, s:I, s:b, s:b}",
			"address", (json_int_t)segment->address, "size", (json_int_t)segment->size,
			"file_size", (json_int_t)segment->file_size, "writable", segment->writable, "executable", segment->executable));
	}
	return segments;
}

/* where the variables are that modules share with their guest halves */
static json_t *package_shared(const struct composition *composition, const struct guest *guest)
{
	json_t *shared = json_object();

	for (size_t m = 0; m < composition->selected.count; m++)
		for (size_t i = 0; i < composition->selected.items[m]->shared_count; i++) {
			const char *name = str_format("shared_%s", composition->selected.items[m]->shared[i].name);

			for (size_t v = 0; v < guest->variable_count; v++)
				if (!strcmp(guest->variables[v].name, name))
					json_object_set_new(shared, name, json_pack("[I, I]",
						(json_int_t)guest->variables[v].address, (json_int_t)guest->variables[v].size));
		}
	return shared;
}

static json_t *package_needs(const struct composition *composition)
{
	json_t *needs = json_array();

	for (size_t i = 0; i < composition->needs->count; i++)
		json_array_append_new(needs, json_pack("[s, s]", composition->needs->items[i].symbol, composition->needs->items[i].cause));
	return needs;
}

static json_t *package_libraries(const struct composition *composition)
{
	json_t *libraries = json_array();

	for (size_t i = 0; i < composition->libraries.count; i++)
		json_array_append_new(libraries, json_string(composition->libraries.items[i]->name));
	return libraries;
}

/* which sources each module's guest half has in this configuration */
static json_t *package_sources(const struct composition *composition)
{
	json_t *modules = json_object();

	for (size_t m = 1; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];
		json_t *sources = json_array();

		for (size_t i = 0; i < module->guest_sources.count; i++)
			json_array_append_new(sources, json_string(path_base(module->guest_sources.items[i])));
		json_object_set_new(modules, module->name, sources);
	}
	return modules;
}

/* CONFIG_NAME in a text, for each NAME */
static void symbols_scan(struct strings *symbols, const char *text)
{
	static const char prefix[] = "CONFIG_";

	for (const char *at = text; (at = strstr(at, prefix));) {
		const char *name;
		size_t length;

		at += strlen(prefix);
		length = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
		name = str_copy(at, length);
		if (length && !strings_contain(symbols, name))
			strings_add(symbols, name);
	}
}

static void guest_source_scan(void *context, const char *output, const struct record_file *file)
{
	struct strings *symbols = context;
	const char *text = str_starts(output, "obj/guest/") ? file_read(file->path, NULL) : NULL;

	if (text)
		symbols_scan(symbols, text);
}

/* the symbols of the configuration that bindings and libraries were compiled with: a monitor must have the same values */
static json_t *package_symbols(const struct composition *composition)
{
	struct strings found = {0};
	json_t *symbols = json_array();

	record_files(composition, guest_source_scan, &found);
	for (size_t i = 0; composition->library_config && i < composition->library_config->declared.count; i++)
		if (!strings_contain(&found, composition->library_config->declared.items[i]))
			strings_add(&found, composition->library_config->declared.items[i]);
	strings_sort(&found);
	for (size_t i = 0; i < found.count; i++)
		if (strings_contain(&composition->config->declared, found.items[i]))
			json_array_append_new(symbols, json_string(found.items[i]));
	return symbols;
}

static json_t *package_guest(const struct composition *composition, const struct guest *guest, const struct origins *origins)
{
	json_int_t symbols = config_is_set((void *)composition->config, "SYMBOLS") ? (json_int_t)guest_function_count(guest) : 0;

	if (composition->recorded) {
		json_t *recorded = json_copy(composition->recorded->guest_record);

		json_object_set_new(recorded, "symbols", json_integer(symbols));
		return recorded;
	}
	return json_pack("{s:s, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"interface", interface_digest(composition), "memory", (json_int_t)composition->manifest->memory,
		"entry", (json_int_t)guest->entry, "guarded_end", (json_int_t)guest->guarded_end, "symbols", symbols,
		"config", package_symbols(composition), "segments", package_segments(guest), "shared", package_shared(composition, guest),
		"needs", package_needs(composition), "libraries", package_libraries(composition),
		"sources", package_sources(composition), "inputs", package_inputs(origins, true));
}

static json_t *json_of_file(const char *path)
{
	const char *text = file_read(path, NULL);
	json_t *json = text ? json_loads(text, 0, NULL) : NULL;

	if (!json)
		fatal("read %s:", path);
	return json;
}

static json_t *package_make(const struct composition *composition, const struct guest *guest)
{
	const char *name = composition->manifest->name;
	json_t *tools = package_tools(composition), *monitor, *known;
	struct origins origins = {0};

	origins_find(&origins, composition);
	monitor = package_inputs(&origins, false);
	known = package_guest(composition, guest, &origins);
	return json_pack("{s:s, s:s, s:s, s:s, s:i, s:o, s:o, s:o, s:o, s:O, s:O, s:o}",
		"type", PACKAGE_TYPE, "name", name, "version", UKGEN_VERSION, "architecture", composition->architecture->name,
		"record", PACKAGE_RECORD,
		"manifest", json_loads(composition->manifest->text, 0, NULL), "config", package_config(composition->config),
		"appliance", json_of_file(build_path(composition, "gen/description.json")), "guest", known,
		"tools", tools, "inputs", monitor,
		"sbom", sbom_make(name, monitor, json_object_get(known, "inputs"), tools));
}

static void number_print(FILE *out, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		fputc((int)(number >> 8 * i & 0xff), out);
}

static void emit_note(const struct composition *composition, const char *file, const char *owner, uint32_t type,
		      const void *bytes, size_t size)
{
	struct emit emit;

	emit_open(&emit, build_path(composition, file));
	number_print(emit.stream, (uint32_t)strlen(owner) + 1);
	number_print(emit.stream, (uint32_t)size);
	number_print(emit.stream, type);
	/* both owners have three letters */
	fwrite(owner, 1, strlen(owner) + 1, emit.stream);
	fwrite(bytes, 1, size, emit.stream);
	for (size_t i = size; i % 4; i++)
		fputc(0, emit.stream);
	emit_close(&emit);
}

void emit_package(const struct composition *composition, const struct guest *guest)
{
	static const char nothing[BUILD_ID_SIZE];
	json_t *package = package_make(composition, guest);
	char *text = json_dumps(package, JSON_COMPACT);

	if (!text)
		fatal("out of memory");
	emit_note(composition, "gen/package.note", PACKAGE_OWNER, PACKAGE_NOTE, text, strlen(text) + 1);
	emit_note(composition, "gen/build-id.note", BUILD_ID_OWNER, BUILD_ID_NOTE, nothing, sizeof(nothing));
	free(text);
	json_decref(package);
}
