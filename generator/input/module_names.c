/* SPDX-License-Identifier: ISC */
/* module_names.c -- finds names that two modules use: they become C functions, options and device types */
#include "input/module_names.h"

#include <string.h>

#include "base/diag.h"
#include "base/memory.h"

/* one name that a module defines */
struct taken {
	const char *kind, *name;
	const struct module *module;
	struct position where;
};

struct names {
	struct taken *items;
	size_t count;
};

static void name_take(struct names *names, const char *kind, const char *name, const struct module *module,
		      struct position where)
{
	for (size_t i = 0; i < names->count; i++) {
		const struct taken *other = &names->items[i];

		if (other->module == module || strcmp(other->kind, kind) || strcmp(other->name, name))
			continue;
		error_at(where, "%s \"%s\" belongs to module \"%s\" (%s) already; each name is for one module, choose another",
			 kind, name, other->module->name, other->module->path);
		return;
	}
	*LIST_ADD(names->items, names->count) = (struct taken){kind, name, module, where};
}

static void names_take(struct names *names, const struct module *module)
{
	struct position file = {.file = module->path};

	for (size_t i = 0; i < module->hypercall_count; i++)
		name_take(names, "hypercall", module->hypercalls[i].name, module, module->hypercalls[i].where);
	for (size_t i = 0; i < module->api.count; i++)
		name_take(names, "api", module->api.items[i], module, file);
	for (size_t i = 0; i < module->option_count; i++)
		name_take(names, "option", module->options[i].name, module, module->options[i].where);
	for (size_t i = 0; i < module->descriptor_count; i++)
		name_take(names, "descriptor", module->descriptors[i].name, module, module->descriptors[i].where);
	for (size_t i = 0; i < module->doorbell_count; i++)
		name_take(names, "doorbell", module->doorbells[i].name, module, module->doorbells[i].where);
	for (size_t i = 0; i < module->shared_count; i++)
		name_take(names, "shared variable", module->shared[i].name, module, module->shared[i].where);
	for (size_t i = 0; i < module->polls.count; i++)
		name_take(names, "poll", module->polls.items[i], module, file);
	for (size_t i = 0; i < module->finishes.count; i++)
		name_take(names, "finish", module->finishes.items[i], module, file);
	for (size_t i = 0; i < module->threads.count; i++)
		name_take(names, "thread or helper", module->threads.items[i], module, file);
	for (size_t i = 0; i < module->helpers.count; i++)
		name_take(names, "thread or helper", module->helpers.items[i], module, file);
	for (enum hook hook = 0; hook < HOOK_COUNT; hook++)
		for (size_t i = 0; i < module->hooks[hook].count; i++)
			name_take(names, hook_kinds[hook].name, module->hooks[hook].items[i], module, file);
	if (module->device_type)
		name_take(names, "device", module->device_type, module, module->device_where);
}

void modules_check_names(const struct modules *modules)
{
	struct names names = {0};

	for (size_t i = 0; i < modules->count; i++)
		names_take(&names, modules->items[i]);
}
