/* SPDX-License-Identifier: ISC */
/*
 * description.c -- gen/description.json: what this appliance holds, as JSON
 *
 * The appliance prints it with --describe, and ukgen inspect finds it in the
 * section .ukgen of the file without running it.
 */
#include "emit/emitters.h"

#include <gelf.h>
#include <fcntl.h>
#include <jansson.h>
#include <libelf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/strings.h"
#include "base/text.h"
#include "base/version.h"
#include "compose/library_calls.h"
#include "compose/paths.h"
#include "emit/c.h"
#include "input/guest_elf.h"
#include "input/recorded.h"

/* bytes of code and data of one object file: what SHF_ALLOC sections hold */
static size_t object_size(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf = file < 0 ? NULL : elf_begin(file, ELF_C_READ, NULL);
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	size_t size = 0;

	if (!elf)
		fatal("read %s:", path);
	while ((section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &header) && header.sh_flags & SHF_ALLOC)
			size += header.sh_size;
	elf_end(elf);
	close(file);
	return size;
}

static size_t sources_size(const struct composition *composition, const char *kind, const struct module *module,
			   const struct strings *sources)
{
	size_t size = 0;

	for (size_t i = 0; i < sources->count; i++)
		size += object_size(build_path(composition, module_object(kind, module, sources->items[i])));
	return size;
}

static json_t *describe_devices(const struct manifest *manifest)
{
	json_t *devices = json_array();

	for (size_t i = 0; i < manifest->device_count; i++) {
		const struct device *device = &manifest->devices[i];
		json_t *entry = json_pack("{s:s, s:s}", "name", device->name, "type", device->type);

		for (size_t p = 0; p < device->property_count; p++)
			json_object_set_new(entry, device->properties[p].key,
					    json_loads(device->properties[p].value, JSON_DECODE_ANY, NULL));
		json_array_append_new(devices, entry);
	}
	return devices;
}

/* of its objects; those of an appliance's guest are elsewhere */
static size_t guest_size(const struct composition *composition, const struct module *module)
{
	if (composition->recorded)
		return (size_t)recorded_guest_bytes(composition->recorded, module->name);
	return sources_size(composition, "guest", module, &module->guest_sources);
}

static json_t *describe_modules(const struct composition *composition)
{
	json_t *modules = json_array();

	for (size_t m = 0; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];

		json_array_append_new(modules, json_pack("{s:s, s:s, s:I, s:I}",
			"name", module->name, "title", module->title,
			"host_bytes", (json_int_t)sources_size(composition, "monitor", module, &module->host_sources),
			"guest_bytes", (json_int_t)guest_size(composition, module)));
	}
	return modules;
}

static json_t *describe_hypercalls(const struct composition *composition)
{
	json_t *hypercalls = json_array();

	for (size_t i = 0; i < composition->call_count; i++) {
		const struct call *call = &composition->calls[i];
		json_t *entry = json_pack("{s:i, s:s, s:s}", "number", (int)call->number,
					  "name", call->hypercall ? call->hypercall->name : call->doorbell->name,
					  "module", call->module->name);

		if (call->doorbell)
			json_object_set_new(entry, "doorbells", json_integer(call->count));
		json_array_append_new(hypercalls, entry);
	}
	return hypercalls;
}

/* the descriptors that "fd NAME" stands for: the first, and how many */
static json_t *describe_descriptors(const struct modules *modules)
{
	json_t *descriptors = json_object();

	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->descriptor_count; i++) {
			const char *name = modules->items[m]->descriptors[i].name;
			size_t first, count;

			composition_descriptor(modules, name, &first, &count);
			json_object_set_new(descriptors, name, json_pack("[I, I]", (json_int_t)first, (json_int_t)count));
		}
	return descriptors;
}

static json_t *describe_syscalls(const struct composition *composition)
{
	json_t *syscalls = json_array();

	for (size_t m = 0; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];

		for (size_t i = 0; i < module->syscall_count; i++) {
			const struct syscall *call = &module->syscalls[i];

			json_array_append_new(syscalls, json_pack("{s:s, s:s, s:s, s:s}",
				"call", syscall_text(call),
				call->caller == CALLER_HELPER ? "helper" : "thread", call->caller_name ? call->caller_name : "main",
				"module", module->name, "cause", call->cause));
		}
	}
	return syscalls;
}

static json_t *describe_library_calls(const struct composition *composition)
{
	json_t *calls = json_array();

	if (composition->recorded)
		return json_incref(composition->recorded->library_calls);
	for (size_t i = 0; i < composition->library_call_count; i++) {
		const struct library_call *call = &composition->library_calls[i];
		const char *cause = call->user ? str_format("%s uses %s", call->user, call->function) :
			str_format("the start of \"%s\"", call->library->name);

		json_array_append_new(calls, json_pack("{s:s, s:s, s:b, s:s}", "call", call->name, "library", call->library->name,
			"served", call->served, "cause", cause));
	}
	return calls;
}

static json_t *describe_memory(const struct composition *composition, const struct guest *guest)
{
	json_t *map = json_array();

	json_array_append_new(map, json_pack("{s:I, s:s, s:s}", "address", (json_int_t)composition->host->low_address,
		"what", composition->host->has_tables ? "boot info, arguments, trap stubs, page tables" : "arguments, boot info",
		"guest", "as each page's use demands"));
	for (size_t i = 0; i < guest->segment_count; i++) {
		const struct segment *segment = &guest->segments[i];

		json_array_append_new(map, json_pack("{s:I, s:I, s:s, s:s}",
			"address", (json_int_t)segment->address, "size", (json_int_t)segment->size,
			"what", segment->executable ? "text" : segment->writable ? "data, bss" : "rodata",
			"guest", segment->executable ? "read, execute" : segment->writable ? "read, write" : "read"));
	}
	json_array_append_new(map, json_pack("{s:I, s:s, s:s}", "address", (json_int_t)guest->end,
		"what", composition->host->has_tables ? "heap, guard page, stack" :
			"heap; guard page and stack, unless that is below the arguments", "guest", "read, write"));
	return json_pack("{s:I, s:o}", "bytes", (json_int_t)composition->manifest->memory, "map", map);
}

static json_t *describe_environment(const struct strings *environment)
{
	json_t *settings = json_array();

	for (size_t i = 0; i < environment->count; i++)
		json_array_append_new(settings, json_string(environment->items[i]));
	return settings;
}

static json_t *describe_config(const struct config *config)
{
	json_t *settings = json_object();

	for (size_t i = 0; i < config->setting_count; i++)
		json_object_set_new(settings, config->settings[i].symbol, json_string(config->settings[i].value));
	return settings;
}

void emit_description(const struct composition *composition, const struct guest *guest)
{
	json_t *description = json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"type", "ukgen.appliance", "version", 1, "ukgen", UKGEN_VERSION,
		"name", composition->manifest->name, "architecture", composition->architecture->title,
		"host", composition->host->name, "isolation", composition->host->isolation,
		"devices", describe_devices(composition->manifest),
		"environment", describe_environment(composition_environment(composition)),
		"modules", describe_modules(composition),
		"hypercalls", describe_hypercalls(composition),
		"descriptors", describe_descriptors(&composition->selected),
		"syscalls", describe_syscalls(composition),
		"library_calls", describe_library_calls(composition),
		"memory", describe_memory(composition, guest),
		"config", describe_config(composition->config));
	char *text = json_dumps(description, JSON_COMPACT);
	struct emit emit;

	if (!text)
		fatal("out of memory");
	emit_open(&emit, build_path(composition, "gen/description.json"));
	fprintf(emit.stream, "%s\n", text);
	emit_close(&emit);
}
