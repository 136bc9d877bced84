/* SPDX-License-Identifier: ISC */
/* calls.c -- the hypercalls and doorbells that a guest makes, numbered */
#include "compose/calls.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

/* adds the module's call that has the symbol; false if it has none */
static bool call_add(struct composition *composition, const struct module *module, const char *symbol)
{
	struct call call = {.symbol = symbol, .number = composition->number_count, .count = 1, .module = module};

	for (size_t i = 0; i < module->hypercall_count; i++)
		if (!strcmp(symbol, str_format("hypercall_%s", module->hypercalls[i].name)))
			call.hypercall = &module->hypercalls[i];
	for (size_t i = 0; i < module->doorbell_count; i++)
		if (!strcmp(symbol, str_format("doorbell_%s", module->doorbells[i].name))) {
			call.doorbell = &module->doorbells[i];
			if (call.doorbell->each)
				call.count = (unsigned)module->device_count;
		}
	if (!call.hypercall && !call.doorbell)
		return false;
	*LIST_ADD(composition->calls, composition->call_count) = call;
	composition->number_count += call.count;
	return true;
}

void calls_number(struct composition *composition, const struct object *guest)
{
	const struct modules *modules = &composition->selected;

	for (size_t i = 0; i < guest->undefined.count; i++)
		for (size_t m = 0; m < modules->count; m++)
			if (call_add(composition, modules->items[m], guest->undefined.items[i]))
				break;
}

const struct call *call_find(const struct composition *composition, const char *symbol)
{
	for (size_t i = 0; i < composition->call_count; i++)
		if (!strcmp(composition->calls[i].symbol, symbol))
			return &composition->calls[i];
	return NULL;
}

void syscalls_drop_unused(struct composition *composition)
{
	for (size_t m = 0; m < composition->selected.count; m++) {
		struct module *module = composition->selected.items[m];
		size_t kept = 0;

		for (size_t i = 0; i < module->syscall_count; i++) {
			const char *hypercall = module->syscalls[i].hypercall;

			if (!hypercall || call_find(composition, str_format("hypercall_%s", hypercall)))
				module->syscalls[kept++] = module->syscalls[i];
		}
		module->syscall_count = kept;
	}
}
