/* SPDX-License-Identifier: ISC */
/* module_references.c -- checks that everything a module's statements use is declared */
#include "input/module_references.h"

#include "base/text.h"

static void check_declared(struct position where, const char *kind, const char *name, const struct strings *declared)
{
	const char *nearest = str_nearest(name, declared);

	if (strings_contain(declared, name))
		return;
	if (nearest)
		error_at(where, "%s \"%s\" is not declared; did you mean \"%s\"?", kind, name, nearest);
	else
		error_at(where, "%s \"%s\" is not declared; add the line \"%s %s\"", kind, name, kind, name);
}

void module_references_check(const struct module *module, size_t first)
{
	struct strings descriptors = {0}, hypercalls = {0};

	for (size_t i = 0; i < module->descriptor_count; i++)
		strings_add(&descriptors, module->descriptors[i].name);
	for (size_t i = 0; i < module->hypercall_count; i++)
		strings_add(&hypercalls, module->hypercalls[i].name);
	for (size_t i = first; i < module->reference_count; i++) {
		const struct reference *reference = &module->references[i];

		switch (reference->kind) {
		case REFERENCE_DEVICE:
			if (!module->device_type)
				error_at(reference->where, "%s is for modules that back a device; "
					 "add a line \"device TYPE\" or leave it out", reference->name);
			break;
		case REFERENCE_DESCRIPTOR:
			check_declared(reference->where, "descriptor", reference->name, &descriptors);
			break;
		case REFERENCE_THREAD:
			check_declared(reference->where, "thread", reference->name, &module->threads);
			break;
		case REFERENCE_HELPER:
			check_declared(reference->where, "helper", reference->name, &module->helpers);
			break;
		case REFERENCE_HYPERCALL:
			check_declared(reference->where, "hypercall", reference->name, &hypercalls);
			break;
		}
	}
}
