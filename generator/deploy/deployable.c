/* SPDX-License-Identifier: ISC */
/* deployable.c -- what container runtimes and service managers are told of an appliance */
#include "deploy/deployable.h"

#include <ctype.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"
#include "input/holdings.h"
#include "input/manifest_fields.h"
#include "target/architecture.h"
#include "target/host.h"

/* the types of Solo5's that an operator gives something to, each by the option of that name */
static const char type_network[] = "NET_BASIC", type_disk[] = "BLOCK_BASIC";

static const char *string_of(const json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));

	return string ? string : "";
}

static _Noreturn void damaged(const struct deployable *deployable, const char *what)
{
	fatal("%s: its description is damaged: no usable %s", deployable->path, what);
}

static void architecture_read(struct deployable *deployable, const char *title)
{
	for (size_t i = 0; architecture_at(i); i++)
		if (!strcmp(architecture_at(i)->title, title))
			deployable->architecture = architecture_at(i)->container_name;
	if (!deployable->architecture)
		damaged(deployable, "architecture");
}

static void host_read(struct deployable *deployable, const char *name)
{
	const struct host *host = host_named(name);

	if (!host)
		damaged(deployable, "host");
	deployable->isolation = host->isolation;
	deployable->kvm = host->has_tables;
}

/* what of "TYPE_BASIC" comes before the '_' */
static const char *option_of(const char *type)
{
	char *option = str_copy(type, strcspn(type, "_"));

	for (char *c = option; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return option;
}

static void devices_read(struct deployable *deployable, const json_t *devices)
{
	json_t *device;
	size_t i;

	json_array_foreach(devices, i, device) {
		const char *type = string_of(device, "type"), *name = string_of(device, "name");

		if (strcmp(type, type_network) && strcmp(type, type_disk))
			continue;
		if (!device_name_is_usable(name) || deployable->device_count == DEVICES_MAX)
			damaged(deployable, "devices");
		*LIST_ADD(deployable->devices, deployable->device_count) = (struct deployable_device){
			.name = name,
			.option = option_of(type),
			.network = !strcmp(type, type_network),
			.readonly = json_is_true(json_object_get(device, "readonly")),
		};
	}
}

static void description_read(struct deployable *deployable, const json_t *description)
{
	json_int_t memory = json_integer_value(json_object_get(json_object_get(description, "memory"), "bytes"));

	deployable->name = string_of(description, "name");
	if (!name_is_usable(deployable->name))
		damaged(deployable, "name");
	if (memory <= 0 || (uint64_t)memory > MEMORY_MAX)
		damaged(deployable, "memory");
	deployable->memory = (uint64_t)memory;
	deployable->version = printable(string_of(description, "ukgen"));
	architecture_read(deployable, string_of(description, "architecture"));
	host_read(deployable, string_of(description, "host"));
	devices_read(deployable, json_object_get(description, "devices"));
}

/* the manifest, as far as the description doesn't have it */
static void manifest_fields_read(struct deployable *deployable, const json_t *manifest)
{
	json_t *value;
	const char *name;
	size_t i;

	json_array_foreach(json_object_get(manifest, "ports"), i, value) {
		struct port port;

		if (!port_read(value, &port))
			damaged(deployable, "ports");
		ports_add(&deployable->ports, port);
	}
	json_object_foreach(json_object_get(manifest, "labels"), name, value) {
		if (!label_is_usable(name, value))
			damaged(deployable, "labels");
		*LIST_ADD(deployable->labels, deployable->label_count) = (struct label){name, json_string_value(value)};
	}
}

void deployable_parse(struct deployable *deployable, const json_t *description, const json_t *record)
{
	description_read(deployable, description);
	manifest_fields_read(deployable, json_object_get(record, "manifest"));
}

void deployable_read(struct deployable *deployable, const char *command, const char *path)
{
	struct holdings holdings;

	holdings_read(&holdings, command, path);
	*deployable = (struct deployable){.path = path, .build_id = holdings.build_id ? holdings.build_id : ""};
	deployable_parse(deployable, holdings.description, holdings.record);
}

size_t deployable_count(const struct deployable *deployable, bool network)
{
	size_t count = 0;

	for (size_t i = 0; i < deployable->device_count; i++)
		count += deployable->devices[i].network == network;
	return count;
}
