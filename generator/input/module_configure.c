/* SPDX-License-Identifier: ISC */
/* module_configure.c -- drops the statements of a module that don't apply in one configuration */
#include "input/module_configure.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "input/module_references.h"

/* what is dropped unless a symbol is y */
struct optional {
	const char *symbol;
	size_t array, index;    /* in arrays, and in that array */
};

/* an array in struct module that statements add to */
struct array {
	size_t items, count, size;
};

#define ARRAY(items, count) {offsetof(struct module, items), offsetof(struct module, count), sizeof(*((struct module *)0)->items)}
#define STRINGS(list) ARRAY(list.items, list.count)

/* all of them except the hooks, which have one array per kind */
static const struct array arrays[] = {
	ARRAY(hypercalls, hypercall_count),
	ARRAY(doorbells, doorbell_count),
	ARRAY(shared, shared_count),
	STRINGS(polls),
	STRINGS(finishes),
	STRINGS(api),
	ARRAY(properties, property_count),
	ARRAY(infos, info_count),
	ARRAY(options, option_count),
	STRINGS(host_sources),
	STRINGS(guest_sources),
	ARRAY(descriptors, descriptor_count),
	STRINGS(threads),
	STRINGS(alone),
	STRINGS(helpers),
	STRINGS(headers),
	ARRAY(syscalls, syscall_count),
	ARRAY(references, reference_count),
};

/* the device type, of which there is at most one, counts as the last array */
enum { DEVICE_TYPE = ARRAY_SIZE(arrays) + HOOK_COUNT, ARRAY_COUNT };

_Static_assert(ARRAY_COUNT <= ARRAY_SIZE(((struct module_counts *)0)->items), "room for every array");

static struct array array_at(size_t i)
{
	static const struct array first_hook = STRINGS(hooks[0]);
	struct array array = i < ARRAY_SIZE(arrays) ? arrays[i] : first_hook;

	if (i >= ARRAY_SIZE(arrays)) {
		array.items += (i - ARRAY_SIZE(arrays)) * sizeof(struct strings);
		array.count += (i - ARRAY_SIZE(arrays)) * sizeof(struct strings);
	}
	return array;
}

static size_t *count_of(struct module *module, size_t i)
{
	return (size_t *)((char *)module + array_at(i).count);
}

struct module_counts module_count(struct module *module)
{
	struct module_counts counts = {{0}};

	for (size_t i = 0; i < DEVICE_TYPE; i++)
		counts.items[i] = *count_of(module, i);
	counts.items[DEVICE_TYPE] = module->device_type != NULL;
	return counts;
}

void module_make_optional(struct module *module, const struct module_counts *before, const char *symbol)
{
	struct module_counts now = module_count(module);
	size_t added = 0;

	for (size_t i = 0; i < ARRAY_COUNT; i++)
		for (size_t index = before->items[i]; index < now.items[i]; index++, added++)
			*LIST_ADD(module->optionals, module->optional_count) = (struct optional){symbol, i, index};
	/* a statement that adds to an array missing above would apply always */
	assert(added);
}

static void element_remove(struct module *module, size_t i, size_t index)
{
	struct array array = array_at(i);
	size_t *count = count_of(module, i);
	char *items;

	memcpy(&items, (char *)module + array.items, sizeof(items));
	--*count;
	memmove(items + index * array.size, items + (index + 1) * array.size, (*count - index) * array.size);
}

void module_configure(struct module *module, symbol_test *is_set, void *context)
{
	/* from the last one backwards, so that indices before it remain valid */
	for (size_t i = module->optional_count; i-- > 0;) {
		const struct optional *optional = &module->optionals[i];

		if (is_set(context, optional->symbol))
			continue;
		if (optional->array == DEVICE_TYPE)
			module->device_type = NULL;
		else
			element_remove(module, optional->array, optional->index);
	}
	module->optional_count = 0;
	module_references_check(module, 0);
}
